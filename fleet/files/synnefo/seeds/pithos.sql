INSERT INTO nodes (node, parent, path)
    SELECT n, NULL, 'user' || n FROM generate_series(1, 500) n;
INSERT INTO nodes (node, parent, path)
    SELECT 500 + n, (n - 1) % 500 + 1, 'user' || ((n - 1) % 500 + 1) || '/pithos/file' || n
    FROM generate_series(1, 20000) n;
INSERT INTO versions (node, hash, size, cluster)
    SELECT 500 + (n - 1) % 20000 + 1, md5('object' || n), n % 4096, (n - 1) / 20000
    FROM generate_series(1, 40000) n;
INSERT INTO policy (node, key, value)
    SELECT node, 'quota', '10737418240' FROM nodes WHERE parent IS NULL;
ANALYZE;
