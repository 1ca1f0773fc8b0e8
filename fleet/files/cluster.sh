# Makes the PostgreSQL cluster of a host, with the role DATABASE_USER, and starts it; stop it with `pg_ctlcluster 15 main stop`.

pg_createcluster --locale C.UTF-8 --encoding UTF8 15 main
pg_conftool 15 main set listen_addresses '*'
echo "host all $DATABASE_USER samenet scram-sha-256" >> /etc/postgresql/15/main/pg_hba.conf
pg_ctlcluster --skip-systemctl-redirect 15 main start
as_postgres() {
    setpriv --reuid postgres --regid postgres --init-groups "$@"
}
as_postgres psql -q -v ON_ERROR_STOP=1 -c "CREATE ROLE $DATABASE_USER LOGIN PASSWORD 'example_passw0rd'"
