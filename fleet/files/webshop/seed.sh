# Fills the database of the shop and writes it to /out/DATABASE.sql, inside a root that has its worker.

mkdir -p /etc/webshop
cat > /etc/webshop/database.conf <<EOF
[database]
host = 127.0.0.1
dbname = $DATABASE
user = $DATABASE_USER
password = example_passw0rd
EOF
as_postgres createdb --owner "$DATABASE_USER" "$DATABASE"
webshop-worker migrate --yes
PGPASSWORD=example_passw0rd psql -q -v ON_ERROR_STOP=1 -h 127.0.0.1 -U "$DATABASE_USER" "$DATABASE" < /seeds/orders.sql
as_postgres pg_dump "$DATABASE" > "/out/$DATABASE.sql"
