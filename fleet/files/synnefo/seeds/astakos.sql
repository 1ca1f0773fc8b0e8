-- Rows by rule, enough of them that a loss shows.
INSERT INTO im_astakosuser (email, first_name, auth_token, is_active)
    SELECT 'user' || n || '@example.org', 'User ' || n, md5('token' || n), true FROM generate_series(1, 20000) n;
INSERT INTO im_project (name, owner_id, state)
    SELECT 'project' || n, n * 100, 1 FROM generate_series(1, 200) n;
INSERT INTO im_projectmembership (person_id, project_id, state)
    SELECT n * 5, (n - 1) / 20 + 1, 1 FROM generate_series(1, 4000) n;
INSERT INTO quotaholder_app_holding (holder, resource, usage, "limit")
    SELECT 'user:' || n, resource, n % 7, 20
    FROM generate_series(1, 20000) n, unnest(ARRAY['cyclades.vm', 'pithos.diskspace']) resource;

-- Content types whose models went with earlier releases, with their permissions.
INSERT INTO django_content_type (app_label, model) VALUES ('auth', 'message'), ('im', 'invitation');
INSERT INTO auth_permission (name, content_type_id, codename)
    SELECT 'Can ' || action || ' ' || model, id, action || '_' || model
    FROM django_content_type, unnest(ARRAY['add', 'change', 'delete']) action
    WHERE (app_label, model) IN (('auth', 'message'), ('im', 'invitation'))
    ORDER BY id, action;
ANALYZE;
