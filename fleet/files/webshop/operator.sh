# What the operator of the shop wrote: DATABASE_HOST and DATABASE_NAME say where the orders are.

if [ -n "$ROLES" ]; then
    mkdir -p /etc/webshop
    cat > /etc/webshop/database.conf <<EOF
[database]
host = $DATABASE_HOST
dbname = $DATABASE_NAME
user = webshop
password = example_passw0rd
EOF
    # 20 is what the package writes, over and over.
    [ ! -e /etc/webshop/web.conf ] || sed -i 's/^page-size = .*/page-size = 50/' /etc/webshop/web.conf
fi

# New releases are taken only when they are asked for.
cat > /etc/apt/preferences.d/fleet <<EOF
Package: *
Pin: release n=fleet
Pin-Priority: 50
EOF
