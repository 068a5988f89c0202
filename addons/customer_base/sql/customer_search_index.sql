-- The index of the customer search: one row for each partner, kept right by triggers
-- whoever writes, the ORM or plain SQL. The schema is filled in when it is created, so that it
-- works whatever the search path, as in a restore.

CREATE TABLE IF NOT EXISTS {schema}.customer_search_index (
    partner_id int PRIMARY KEY,  -- no foreign key: a merge rewrites those, and deletes what clashes
    served_on date,         -- day of the last sale
    customer boolean,       -- and not archived
    company_id int,         -- who sees the row; NULL for all
    body text NOT NULL,     -- folded texts, in segments: see customer_search_body
    tokens text[] NOT NULL  -- what is compared as a whole: words, codes, filters
) WITH (fillfactor = 90);

ALTER TABLE {schema}.customer_search_index
    ADD COLUMN IF NOT EXISTS customer boolean, ADD COLUMN IF NOT EXISTS company_id int;

-- How far a rebuild is: one row.
CREATE TABLE IF NOT EXISTS {schema}.customer_search_state (
    version text NOT NULL,  -- of the functions below
    rebuilt_to int,         -- id of the last partner done; NULL when nothing is to be done
    started_at timestamp
);

-- Lower case without accents. Functions of pg_catalog only: immutable in truth, no extension
-- and no locale needed. Letters that do not decompose, and the cases of Greek and Cyrillic,
-- which a database with the locale C leaves alone, are listed.
CREATE OR REPLACE FUNCTION {schema}.customer_search_fold(value text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
    IF pg_catalog.octet_length(value) = pg_catalog.length(value) THEN
        RETURN pg_catalog.lower(value);  -- ASCII, as most are
    END IF;
    value := pg_catalog.regexp_replace(
        pg_catalog.normalize(value, 'NFKD'), U&'[\0300-\036f]', '', 'g');
    value := pg_catalog.replace(pg_catalog.replace(pg_catalog.replace(pg_catalog.replace(
        pg_catalog.replace(value, 'ß', 'ss'), 'æ', 'ae'), 'Æ', 'ae'), 'œ', 'oe'), 'Œ', 'oe');
    RETURN pg_catalog.lower(pg_catalog.translate(
        value,
        'łŁøØđĐħĦıðÐþÞ٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹‐‑–—’‘“”„«»·'
        'ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩς'
        'АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯЁІЇЄҐ',
        'llooddhhiddtt01234567890123456789            '
        'αβγδεζηθικλμνξοπρστυφχψωσ'
        'абвгдежзийклмнопрстуфхцчшщъыьэюяеіїєґ'));
END $$;

-- A phone in the ways it is dialled: international, national with its zero and without.
CREATE OR REPLACE FUNCTION {schema}.customer_search_phone(
    sanitized text, typed text, country_id int) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
    digits text := pg_catalog.left(pg_catalog.regexp_replace(sanitized, '[^0-9]', '', 'g'), 20);
    dialled text := pg_catalog.left(pg_catalog.regexp_replace(
        {schema}.customer_search_fold(typed), '[^0-9]', '', 'g'), 40);
    code text;
BEGIN
    IF digits IS NULL OR sanitized NOT LIKE '+%' THEN
        RETURN pg_catalog.concat_ws(' ', digits, nullif(dialled, digits),
                                    pg_catalog.ltrim(dialled, '0'));
    END IF;
    SELECT phone_code::text INTO code FROM {schema}.res_country WHERE id = country_id;
    IF code IS NULL OR NOT pg_catalog.starts_with(digits, code) THEN
        SELECT phone_code::text INTO code FROM {schema}.res_country
         WHERE phone_code IN (pg_catalog.left(digits, 1)::int, pg_catalog.left(digits, 2)::int,
                              pg_catalog.left(digits, 3)::int)
         ORDER BY phone_code DESC LIMIT 1;
    END IF;
    code := pg_catalog.substr(digits, 1 + pg_catalog.length(coalesce(code, '')));
    RETURN pg_catalog.concat(
        digits, ' 0', code, ' ', code,
        CASE WHEN dialled NOT IN (digits, '0' || code, code) THEN ' ' || dialled END);
END $$;

-- What is searched, in segments that begin with a control character: \1 name, \4 street,
-- \5 postcode and \6 city, in which punctuation is blank; then \2 e-mail, \3 phone, \7 codes
-- and \b (8) tax number. Every word has a blank before and after it.
CREATE OR REPLACE FUNCTION {schema}.customer_search_body(p {schema}.res_partner) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
    words text := pg_catalog.concat(
        E'\x01 ', pg_catalog.left(p.complete_name, 200),
        CASE WHEN p.complete_name IS NULL OR pg_catalog.strpos(p.complete_name, p.name) = 0
             THEN ' ' || pg_catalog.left(p.name, 200) END,
        ' ' || pg_catalog.left(p.company_name, 100),
        E' \x04 ', pg_catalog.left(p.street, 120), ' ' || pg_catalog.left(p.street2, 120),
        E' \x05 ', pg_catalog.left(p.zip, 24),
        ' ' || nullif(pg_catalog.replace(pg_catalog.left(p.zip, 24), ' ', ''), p.zip),
        E' \x06 ', pg_catalog.left(p.city, 80));
    codes text := pg_catalog.concat(
        E' \x02 ', pg_catalog.left(p.email, 120),
        E' \x07 ', pg_catalog.left(p.customer_code, 80), ' ' || pg_catalog.left(p.ref, 80),
        E' \x08 ', pg_catalog.left(p.vat, 40), ' ' || pg_catalog.left(p.company_registry, 40));
BEGIN
    IF p.barcode IS NOT NULL THEN
        SELECT pg_catalog.replace(codes, E'\x08', pg_catalog.left(
                   pg_catalog.string_agg(value, ' '), 200) || E' \x08')
          INTO codes FROM pg_catalog.jsonb_each_text(p.barcode);
    END IF;
    RETURN pg_catalog.regexp_replace({schema}.customer_search_fold(words),
                                     '[\t-\r !-/:-@\[-`{{-~]+', ' ', 'g')
        || {schema}.customer_search_fold(codes)
        || E' \x03 ' || coalesce({schema}.customer_search_phone(
               p.phone_sanitized, p.phone, p.country_id), '') || ' ';
END $$;

-- Words of names and places as they are, those of the name once more behind "n:", codes behind
-- "=", the first four and the first six digits of each number behind "^", its last four behind
-- "#", and what lists are filtered by: company "k:", type "t:", tag "g:" and attribute "a:".
CREATE OR REPLACE FUNCTION {schema}.customer_search_tokens(p {schema}.res_partner, body text) RETURNS text[]
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
    tokens text[] := pg_catalog.string_to_array(pg_catalog.regexp_replace(
        pg_catalog.split_part(body, E'\x02', 1), '[\x01-\x08]|\x05[^\x06]*', '', 'g'), ' ');
BEGIN
    tokens := tokens
        || ARRAY(SELECT 'n:' || word FROM pg_catalog.unnest(pg_catalog.string_to_array(
                     pg_catalog.substr(pg_catalog.split_part(body, E'\x04', 1), 2), ' ')) AS word
                  WHERE word <> '')
        || ARRAY(SELECT '^' || digits[1]
                   FROM pg_catalog.regexp_matches(body, ' ([0-9]{{4}})', 'g') AS digits)
        || ARRAY(SELECT '^' || digits[1]
                   FROM pg_catalog.regexp_matches(body, ' ([0-9]{{6}})', 'g') AS digits)
        || ARRAY(SELECT '#' || digits[1]
                   FROM pg_catalog.regexp_matches(body, '([0-9]{{4}}) ', 'g') AS digits)
        || ('=' || {schema}.customer_search_fold(p.customer_code))
        || ('=' || {schema}.customer_search_fold(p.ref))
        || ('k:' || CASE WHEN p.partner_share IS FALSE THEN 0 ELSE coalesce(p.company_id, 0) END)
        || ('t:' || p.customer_type_id)
        || ARRAY(SELECT 'g:' || category_id FROM {schema}.res_partner_res_partner_category_rel
                  WHERE partner_id = p.id);
    IF p.barcode IS NOT NULL THEN
        tokens := tokens || ARRAY(
            SELECT '=' || {schema}.customer_search_fold(value)
              FROM pg_catalog.jsonb_each_text(p.barcode));
    END IF;
    IF pg_catalog.jsonb_typeof(p.properties) = 'object' THEN
        tokens := tokens || ARRAY(
            SELECT 'a:' || key || ':' || word
              FROM pg_catalog.jsonb_each(p.properties) AS attribute (key, value),
                   pg_catalog.jsonb_path_query(value, '$[*]') AS item,
                   pg_catalog.regexp_split_to_table({schema}.customer_search_fold(
                       pg_catalog.left(item #>> '{{}}', 200)), '[ ,;]+') AS word
             WHERE word <> '' AND item NOT IN ('false'::jsonb, 'null'::jsonb));
    END IF;
    RETURN ARRAY(SELECT DISTINCT pg_catalog.left(token, 100) FROM pg_catalog.unnest(tokens) AS token
                  WHERE token <> '' AND token <> '=');
END $$;

CREATE OR REPLACE FUNCTION {schema}.customer_search_refresh(ids int[]) RETURNS void
LANGUAGE sql AS $$
    INSERT INTO {schema}.customer_search_index AS known
           (partner_id, customer, company_id, body, tokens)
    SELECT id, is_customer AND active,
           CASE WHEN partner_share THEN company_id END,  -- colleagues are seen by all
           body, {schema}.customer_search_tokens(p, body)
      FROM {schema}.res_partner AS p
           CROSS JOIN LATERAL (SELECT {schema}.customer_search_body(p) AS body OFFSET 0) AS text
     WHERE id = ANY(ids)
    ON CONFLICT (partner_id) DO UPDATE
       SET customer = EXCLUDED.customer, company_id = EXCLUDED.company_id,
           body = EXCLUDED.body, tokens = EXCLUDED.tokens
     WHERE (known.customer, known.company_id, known.body, known.tokens)
           IS DISTINCT FROM (EXCLUDED.customer, EXCLUDED.company_id, EXCLUDED.body, EXCLUDED.tokens);
    DELETE FROM {schema}.customer_search_index AS known
     WHERE partner_id = ANY(ids)
       AND NOT EXISTS (SELECT FROM {schema}.res_partner AS p WHERE p.id = known.partner_id)
$$;

-- Inserts and deletions come by the thousand: once for each statement.
CREATE OR REPLACE FUNCTION {schema}.customer_search_rows_changed() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM {schema}.customer_search_refresh(ARRAY(SELECT id FROM changed));
    RETURN NULL;
END $$;

-- Updates are told apart by what they change, which PostgreSQL offers by row only.
CREATE OR REPLACE FUNCTION {schema}.customer_search_row_changed() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM {schema}.customer_search_refresh(ARRAY[NEW.id]);
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION {schema}.customer_search_tags_changed() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM {schema}.customer_search_refresh(ARRAY(SELECT DISTINCT partner_id FROM changed));
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION {schema}.customer_search_tags_moved() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM {schema}.customer_search_refresh(ARRAY(
        SELECT partner_id FROM changed UNION SELECT partner_id FROM former));
    RETURN NULL;
END $$;

DROP TRIGGER IF EXISTS customer_search_insert ON {schema}.res_partner;
CREATE TRIGGER customer_search_insert AFTER INSERT ON {schema}.res_partner
    REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION {schema}.customer_search_rows_changed();
DROP TRIGGER IF EXISTS customer_search_delete ON {schema}.res_partner;
CREATE TRIGGER customer_search_delete AFTER DELETE ON {schema}.res_partner
    REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION {schema}.customer_search_rows_changed();
DROP TRIGGER IF EXISTS customer_search_update ON {schema}.res_partner;
CREATE TRIGGER customer_search_update AFTER UPDATE OF {columns} ON {schema}.res_partner
    FOR EACH ROW WHEN (({old}) IS DISTINCT FROM ({new}))
    EXECUTE FUNCTION {schema}.customer_search_row_changed();
DROP TRIGGER IF EXISTS customer_search_insert ON {schema}.res_partner_res_partner_category_rel;
CREATE TRIGGER customer_search_insert AFTER INSERT ON {schema}.res_partner_res_partner_category_rel
    REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION {schema}.customer_search_tags_changed();
DROP TRIGGER IF EXISTS customer_search_delete ON {schema}.res_partner_res_partner_category_rel;
CREATE TRIGGER customer_search_delete AFTER DELETE ON {schema}.res_partner_res_partner_category_rel
    REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION {schema}.customer_search_tags_changed();
DROP TRIGGER IF EXISTS customer_search_update ON {schema}.res_partner_res_partner_category_rel;
CREATE TRIGGER customer_search_update AFTER UPDATE ON {schema}.res_partner_res_partner_category_rel
    REFERENCING NEW TABLE AS changed OLD TABLE AS former
    FOR EACH STATEMENT EXECUTE FUNCTION {schema}.customer_search_tags_moved();
