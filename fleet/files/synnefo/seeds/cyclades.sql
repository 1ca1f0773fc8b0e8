INSERT INTO db_virtualmachine (name, userid, operstate)
    SELECT 'vm-' || n, 'user:' || (n % 20000 + 1), CASE WHEN n % 3 = 0 THEN 'STOPPED' ELSE 'STARTED' END
    FROM generate_series(1, 15000) n;
INSERT INTO db_network (name, userid)
    SELECT 'net-' || n, 'user:' || (n % 20000 + 1) FROM generate_series(1, 3000) n;

-- The content type of a model that went with an earlier release.
INSERT INTO django_content_type (app_label, model) VALUES ('db', 'flavorextra');
ANALYZE;
