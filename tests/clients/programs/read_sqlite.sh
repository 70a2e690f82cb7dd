#!/bin/sh
# Print every table of the data package as JSON: the program sqlite3.
set -eu

if [ "${1:-}" = --defaults ]; then
    typed=0
else
    typed=1
fi

# The first sqlite3 reads the descriptor and the schemas, and writes the script for the second.
sqlite3 :memory: <<SQL | sqlite3 :memory:
CREATE TABLE fields AS
SELECT
    resource.key AS position,
    resource.value ->> 'name' AS name,
    resource.value ->> 'path' AS path,
    field.value ->> 'name' AS field,
    CASE field.value ->> 'type'
        WHEN 'integer' THEN 'INTEGER' WHEN 'number' THEN 'REAL' WHEN 'boolean' THEN 'BOOLEAN'
        ELSE 'TEXT'
    END AS type
FROM json_each(readfile('datapackage.json'), '\$.resources') AS resource,
    json_each(readfile(resource.value ->> 'schema'), '\$.fields') AS field;

SELECT printf('CREATE TABLE "%s" (%s);', name, group_concat(printf('"%s" %s', field, type)))
FROM fields WHERE $typed GROUP BY position;
SELECT printf('.import --csv %s "%s" "%s"', iif($typed, '--skip 1', ''), path, name)
FROM fields GROUP BY position;
SELECT printf('UPDATE "%s" SET "%s" = NULL WHERE "%s" = '''';', name, field, field)
FROM fields WHERE $typed;
SELECT printf('UPDATE "%s" SET "%s" = "%s" = ''true'';', name, field, field)
FROM fields WHERE $typed AND type = 'BOOLEAN';

SELECT 'SELECT json_object(' || group_concat(pair) || ');'
FROM (
    SELECT printf(
        '''%s'', json_object('
            || '''types'', (SELECT json_group_object(name, type) FROM pragma_table_info(''%s'')),'
            || '''rows'', (SELECT json_group_array(json_object(%s)) FROM "%s"))',
        name, name, group_concat(printf('''%s'', "%s"', field, field)), name
    ) AS pair
    FROM fields GROUP BY position
);
SQL
