# What the operator of a 0.15 installation edited: ROLES, DATABASE_HOST and DATABASE_NAME, PITHOS_HOST and
# PITHOS_DATABASE say for what.

has() {
    case " $ROLES " in *" $1 "*) return 0 ;; esac
    return 1
}

web=false
binds=
if has astakos; then web=true; binds="$binds '--bind=0.0.0.0:8080',"; fi
if has cyclades; then web=true; binds="$binds '--bind=0.0.0.0:8081',"; fi
if has pithos; then web=true; binds="$binds '--bind=0.0.0.0:8082',"; fi

if $web; then
    cat >> /etc/synnefo/10-snf-webproject-database.conf <<EOF

DATABASES = {
    'default': {
        'ENGINE': 'django.db.backends.postgresql',
        'NAME': '$DATABASE_NAME',
        'USER': 'synnefo',
        'PASSWORD': 'example_passw0rd',
        'HOST': '$DATABASE_HOST',
        'PORT': '5432',
    }
}
EOF
    echo "LOG_FOLDER = '/var/log/synnefo'" >> /etc/synnefo/10-snf-webproject-logging.conf
    cat > /etc/gunicorn.d/synnefo <<EOF
CONFIG = {
    'mode': 'django',
    'environment': {
        'DJANGO_SETTINGS_MODULE': 'synnefo.settings',
    },
    'working_dir': '/etc/synnefo',
    'user': 'www-data',
    'group': 'www-data',
    'args': ($binds '--workers=2', '--timeout=60', 'synnefo.webproject.wsgi:application'),
}
EOF
fi

if has astakos; then
    echo "ASTAKOS_MODERATION_ENABLED = False" >> /etc/synnefo/20-snf-astakos-app-settings.conf
fi

if has cyclades; then
    for name in api backend quotas; do
        echo "# Edited for this cloud." >> "/etc/synnefo/20-snf-cyclades-app-$name.conf"
    done
    sed -i 's/^SNF_DSPTCH_OPTS=.*/SNF_DSPTCH_OPTS="--workers=2"/' /etc/default/snf-dispatcher
fi

if has pithos; then
    cat >> /etc/synnefo/20-snf-pithos-app-settings.conf <<EOF

PITHOS_BACKEND_DB_CONNECTION = 'postgresql://synnefo:example_passw0rd@$PITHOS_HOST:5432/$PITHOS_DATABASE'
EOF
fi
