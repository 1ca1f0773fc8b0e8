# Fills one database at 0.15 and writes it to /out/DATABASE.sql, inside a root that has all packages.
# DATABASE is its name, COMPONENTS what lives in it.

rm -rf /tmp/settings
mkdir /tmp/settings
cat > /tmp/settings/50-seed.conf <<EOF
DATABASES = {
    'default': {
        'ENGINE': 'django.db.backends.postgresql',
        'NAME': '$DATABASE',
        'USER': 'synnefo',
        'PASSWORD': 'example_passw0rd',
        'HOST': '127.0.0.1',
    }
}
PITHOS_BACKEND_DB_CONNECTION = 'postgresql://synnefo:example_passw0rd@127.0.0.1:5432/$DATABASE'
INSTALLED_APPS = ['synnefo.webproject', 'django.contrib.contenttypes']
EOF
for component in $COMPONENTS; do
    case $component in
        astakos)
            echo "INSTALLED_APPS += ['django.contrib.auth', 'astakos.im', 'astakos.quotaholder_app']" ;;
        cyclades)
            echo "INSTALLED_APPS += ['synnefo.db']" ;;
    esac
done >> /tmp/settings/50-seed.conf
export SYNNEFO_SETTINGS_DIR=/tmp/settings

as_postgres createdb --owner synnefo "$DATABASE"
for component in $COMPONENTS; do
    case $component in
        pithos) pithos-migrate upgrade head ;;
        *) snf-manage syncdb --noinput; snf-manage migrate --noinput ;;
    esac
    PGPASSWORD=example_passw0rd psql -q -v ON_ERROR_STOP=1 -h 127.0.0.1 -U synnefo "$DATABASE" < "/seeds/$component.sql"
done
as_postgres pg_dump "$DATABASE" > "/out/$DATABASE.sql"
