/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The parts of a spreadsheet that come before its rows: which sheets there
 * are, how numbers are shown, and the texts that cells refer to by number. */

#include "config.h"

#include "linli-xlsx-parts.h"

#include "linli-xml.h"

#include <string.h>

#define MAX_SHEETS  4096
#define MAX_FORMATS 65536 /* cell formats a spreadsheet may have */

typedef struct
{
  char *id;     /* (owned) */
  char *type;   /* (owned) last word of the type */
  char *target; /* (owned) folded name of the entry */
} Relation;

typedef struct
{
  char    *name;
  char    *id;
  gboolean hidden;
} Mention;

/* Gathered while the parts are read, in whatever order they lie in the file. */
typedef struct
{
  LinliXlsxBook *book;      /* (unowned) */
  GPtrArray     *relations; /* (owned) of Relation */
  GPtrArray     *mentions;  /* (owned) of Mention: sheets the workbook names */
  GHashTable    *codes;     /* (owned) format id -> LinliXlsxFormat */
  gboolean       in_cell_formats;
  gboolean       in_text;   /* inside a <t> that is shown */
  guint          in_hint;   /* inside a pronunciation */
  gsize          text_start;
  guint          max_texts;
  gsize          max_text_bytes;
} Reading;

static void
relation_free (gpointer data)
{
  Relation *relation = data;

  g_free (relation->id);
  g_free (relation->type);
  g_free (relation->target);
  g_free (relation);
}

static void
mention_free (gpointer data)
{
  Mention *mention = data;

  g_free (mention->name);
  g_free (mention->id);
  g_free (mention);
}

static void
sheet_free (gpointer data)
{
  LinliXlsxSheet *sheet = data;

  g_free (sheet->name);
  g_free (sheet->part);
  g_free (sheet);
}

static void
reading_clear (Reading *reading)
{
  g_clear_pointer (&reading->relations, g_ptr_array_unref);
  g_clear_pointer (&reading->mentions, g_ptr_array_unref);
  g_clear_pointer (&reading->codes, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reading, reading_clear)

/* Targets are relative to the workbook's folder, or begin with a slash. */
static char *
resolve_target (const char *target)
{
  g_autofree char *path = target[0] == '/' || target[0] == '\\' ? g_strdup (target)
                                                                : g_strconcat ("xl/", target, NULL);
  g_autofree char *folded = linli_zip_fold_name (path);
  g_auto(GStrv) steps = g_strsplit (folded, "/", -1);
  g_autoptr(GPtrArray) kept = g_ptr_array_new ();

  for (char **step = steps; *step != NULL; step++)
    if (strcmp (*step, "..") != 0 && strcmp (*step, ".") != 0 && **step != '\0')
      g_ptr_array_add (kept, *step);
    else if (strcmp (*step, "..") == 0 && kept->len > 0)
      g_ptr_array_set_size (kept, (int) kept->len - 1);
  g_ptr_array_add (kept, NULL);

  return g_strjoinv ("/", (char **) kept->pdata);
}

static void
relation_start (LinliXml    *xml,
                gpointer     data,
                const char  *name,
                const char **attributes)
{
  Reading *reading = data;
  const char *id = linli_xml_attribute (attributes, "Id");
  const char *type = linli_xml_attribute (attributes, "Type");
  const char *target = linli_xml_attribute (attributes, "Target");
  Relation *relation;

  if (strcmp (name, "Relationship") != 0 || id == NULL || type == NULL || target == NULL ||
      reading->relations->len >= MAX_SHEETS)
    return;

  relation = g_new0 (Relation, 1);
  relation->id = g_strdup (id);
  relation->type = g_path_get_basename (type);
  relation->target = resolve_target (target);
  g_ptr_array_add (reading->relations, relation);
}

static void
workbook_start (LinliXml    *xml,
                gpointer     data,
                const char  *name,
                const char **attributes)
{
  Reading *reading = data;

  if (strcmp (name, "workbookPr") == 0)
    {
      const char *value = linli_xml_attribute (attributes, "date1904");

      reading->book->date1904 = value != NULL &&
             (strcmp (value, "1") == 0 || strcmp (value, "true") == 0);
    }
  else if (strcmp (name, "sheet") == 0 && reading->mentions->len < MAX_SHEETS)
    {
      const char *state = linli_xml_attribute (attributes, "state");
      Mention *mention = g_new0 (Mention, 1);

      mention->name = g_strdup (linli_xml_attribute (attributes, "name"));
      mention->id = g_strdup (linli_xml_attribute (attributes, "id"));
      mention->hidden = state != NULL && strcmp (state, "visible") != 0;
      g_ptr_array_add (reading->mentions, mention);
    }
}

static guint
get_number (const char **attributes,
            const char  *name)
{
  const char *value = linli_xml_attribute (attributes, name);

  return value != NULL ? (guint) MIN (g_ascii_strtoull (value, NULL, 10), G_MAXINT) : 0;
}

static void
styles_start (LinliXml    *xml,
              gpointer     data,
              const char  *name,
              const char **attributes)
{
  Reading *reading = data;

  if (strcmp (name, "cellXfs") == 0)
    reading->in_cell_formats = TRUE;
  else if (strcmp (name, "numFmt") == 0 && g_hash_table_size (reading->codes) < MAX_FORMATS)
    {
      const char *code = linli_xml_attribute (attributes, "formatCode");
      LinliXlsxFormat *format = g_new (LinliXlsxFormat, 1);

      *format = linli_xlsx_format_from_code (code != NULL ? code : "");
      g_hash_table_insert (reading->codes, GUINT_TO_POINTER (get_number (attributes, "numFmtId")),
                           format);
    }
  else if (strcmp (name, "xf") == 0 && reading->in_cell_formats &&
           reading->book->formats->len < MAX_FORMATS)
    {
      guint id = get_number (attributes, "numFmtId");
      const LinliXlsxFormat *known = g_hash_table_lookup (reading->codes, GUINT_TO_POINTER (id));
      LinliXlsxFormat format = known != NULL ? *known : linli_xlsx_format_from_id (id);

      g_array_append_val (reading->book->formats, format);
    }
}

static void
styles_end (LinliXml   *xml,
            gpointer    data,
            const char *name)
{
  Reading *reading = data;

  if (strcmp (name, "cellXfs") == 0)
    reading->in_cell_formats = FALSE;
}

static void
texts_start (LinliXml    *xml,
             gpointer     data,
             const char  *name,
             const char **attributes)
{
  Reading *reading = data;

  if (strcmp (name, "si") == 0)
    reading->text_start = reading->book->texts->len;
  else if (strcmp (name, "rPh") == 0)
    reading->in_hint++;
  else if (strcmp (name, "t") == 0)
    reading->in_text = reading->in_hint == 0;
}

static void
texts_text (LinliXml   *xml,
            gpointer    data,
            const char *text,
            gsize       length)
{
  Reading *reading = data;

  if (!reading->in_text)
    return;
  if (reading->book->texts->len + length > reading->max_text_bytes)
    linli_xml_fail (xml, g_error_new (LINLI_TABLE_ERROR, LINLI_TABLE_ERROR_LIMIT,
                                      "The spreadsheet's texts are larger than %" G_GSIZE_FORMAT " MiB: save it as CSV",
                                      reading->max_text_bytes >> 20));
  else
    g_string_append_len (reading->book->texts, text, (gssize) length);
}

static void
texts_end (LinliXml   *xml,
           gpointer    data,
           const char *name)
{
  Reading *reading = data;
  LinliXlsxBook *book = reading->book;

  if (strcmp (name, "t") == 0)
    reading->in_text = FALSE;
  else if (strcmp (name, "rPh") == 0 && reading->in_hint > 0)
    reading->in_hint--;
  else if (strcmp (name, "si") == 0 && book->text_offsets->len >= reading->max_texts)
    linli_xml_fail (xml, g_error_new (LINLI_TABLE_ERROR, LINLI_TABLE_ERROR_LIMIT,
                                      "The spreadsheet holds more than %u texts: save it as CSV",
                                      reading->max_texts));
  else if (strcmp (name, "si") == 0)
    {
      linli_xlsx_unescape (book->texts, reading->text_start);
      g_array_append_val (book->text_offsets, reading->text_start);
      g_string_append_c (book->texts, '\0');
    }
}

static const LinliXmlHandlers relation_handlers = { relation_start, NULL, NULL };
static const LinliXmlHandlers workbook_handlers = { workbook_start, NULL, NULL };
static const LinliXmlHandlers styles_handlers = { styles_start, styles_end, NULL };
static const LinliXmlHandlers texts_handlers = { texts_start, texts_end, texts_text };

/* Tells what a ZIP without a workbook is, as its owner knows it. */
static void
set_not_a_workbook (gboolean  binary,
                    gboolean  document,
                    gboolean  open_document,
                    GError  **error)
{
  const char *what = "a ZIP archive; unpack it and choose the table inside";

  if (binary)
    what = "a binary workbook (XLSB); save it as XLSX or CSV";
  else if (document)
    what = "a Word document; copy its table into a spreadsheet and save it as XLSX";
  else if (open_document)
    what = "an OpenDocument file; save it as XLSX or CSV";
  g_set_error (error, LINLI_TABLE_ERROR, LINLI_TABLE_ERROR_FORMAT, "The file is %s", what);
}

static gboolean
read_workbook (Reading   *reading,
               LinliZip  *zip,
               GError   **error)
{
  gboolean found = FALSE, binary = FALSE, document = FALSE, open_document = FALSE;
  const char *name;

  for (;;)
    {
      if (!linli_zip_next (zip, &name, error))
        return FALSE;
      if (name == NULL)
        break;
      binary |= strcmp (name, "xl/workbook.bin") == 0;
      document |= strcmp (name, "word/document.xml") == 0;
      open_document |= strcmp (name, "content.xml") == 0;
      if (strcmp (name, "xl/workbook.xml") == 0)
        {
          found = TRUE;
          if (!linli_xml_parse (&workbook_handlers, reading, zip, error))
            return FALSE;
        }
      else if (strcmp (name, "xl/_rels/workbook.xml.rels") == 0 &&
               !linli_xml_parse (&relation_handlers, reading, zip, error))
        return FALSE;
    }

  if (!found)
    set_not_a_workbook (binary, document, open_document, error);
  return found;
}

static const Relation *
find_relation (Reading    *reading,
               const char *id,
               const char *type)
{
  for (guint i = 0; i < reading->relations->len; i++)
    {
      const Relation *relation = reading->relations->pdata[i];

      if ((id == NULL || strcmp (relation->id, id) == 0) && strcmp (relation->type, type) == 0)
        return relation;
    }
  return NULL;
}

static gboolean
list_sheets (Reading *reading,
             GError **error)
{
  for (guint i = 0; i < reading->mentions->len; i++)
    {
      const Mention *mention = reading->mentions->pdata[i];
      const Relation *relation = mention->id != NULL
               ? find_relation (reading, mention->id, "worksheet") : NULL;
      LinliXlsxSheet *sheet;

      if (relation == NULL)
        continue; /* a chart or macro sheet */
      sheet = g_new0 (LinliXlsxSheet, 1);
      sheet->name = g_strdup (mention->name != NULL ? mention->name : "");
      sheet->part = g_strdup (relation->target);
      sheet->hidden = mention->hidden;
      g_ptr_array_add (reading->book->sheets, sheet);
    }

  if (reading->book->sheets->len > 0)
    return TRUE;
  g_set_error_literal (error, LINLI_TABLE_ERROR, LINLI_TABLE_ERROR_FORMAT,
                       "The spreadsheet has no sheet with cells");
  return FALSE;
}

static gboolean
read_formats_and_texts (Reading   *reading,
                        LinliZip  *zip,
                        GError   **error)
{
  const Relation *styles = find_relation (reading, NULL, "styles");
  const Relation *texts = find_relation (reading, NULL, "sharedStrings");

  if (styles != NULL && (!linli_zip_find (zip, styles->target, error) ||
                         !linli_xml_parse (&styles_handlers, reading, zip, error)))
    return FALSE;
  return texts == NULL || (linli_zip_find (zip, texts->target, error) &&
                           linli_xml_parse (&texts_handlers, reading, zip, error));
}

/**
 * linli_xlsx_book_read:
 * @zip: before its first entry
 * @max_texts: shared texts accepted
 * @max_text_bytes: their bytes
 * @error: %LINLI_TABLE_ERROR or %G_IO_ERROR
 *
 * Returns: (transfer full): what the rows will refer to
 */
LinliXlsxBook *
linli_xlsx_book_read (LinliZip  *zip,
                      guint      max_texts,
                      gsize      max_text_bytes,
                      GError   **error)
{
  g_autoptr(LinliXlsxBook) book = g_new0 (LinliXlsxBook, 1);
  g_auto(Reading) reading = { book, .max_texts = max_texts, .max_text_bytes = max_text_bytes };

  g_return_val_if_fail (zip != NULL, NULL);

  book->sheets = g_ptr_array_new_with_free_func (sheet_free);
  book->formats = g_array_new (FALSE, FALSE, sizeof (LinliXlsxFormat));
  book->texts = g_string_new (NULL);
  book->text_offsets = g_array_new (FALSE, FALSE, sizeof (gsize));
  reading.relations = g_ptr_array_new_with_free_func (relation_free);
  reading.mentions = g_ptr_array_new_with_free_func (mention_free);
  reading.codes = g_hash_table_new_full (NULL, NULL, NULL, g_free);

  if (!read_workbook (&reading, zip, error) || !list_sheets (&reading, error) ||
      !read_formats_and_texts (&reading, zip, error))
    return NULL;
  return g_steal_pointer (&book);
}

void
linli_xlsx_book_free (LinliXlsxBook *book)
{
  if (book == NULL)
    return;

  g_clear_pointer (&book->sheets, g_ptr_array_unref);
  g_clear_pointer (&book->formats, g_array_unref);
  g_clear_pointer (&book->text_offsets, g_array_unref);
  if (book->texts != NULL)
    g_string_free (book->texts, TRUE);
  g_free (book);
}

/**
 * linli_xlsx_book_get_text:
 * @number: as a cell gives it
 * @length: (out): bytes of the text
 *
 * Returns: (transfer none) (nullable): the text, or %NULL when the file has none such
 */
const char *
linli_xlsx_book_get_text (const LinliXlsxBook *book,
                          guint64              number,
                          gsize               *length)
{
  gsize start, end;

  g_return_val_if_fail (book != NULL && length != NULL, NULL);

  if (number >= book->text_offsets->len)
    return NULL;
  start = g_array_index (book->text_offsets, gsize, number);
  end = number + 1 < book->text_offsets->len ? g_array_index (book->text_offsets, gsize, number + 1)
                                             : book->texts->len;
  *length = end - start - 1;
  return book->texts->str + start;
}

/**
 * linli_xlsx_unescape:
 * @text: UTF-8
 * @from: where the text to change begins
 *
 * Spreadsheets write characters XML cannot hold as _x000D_.
 */
void
linli_xlsx_unescape (GString *text,
                     gsize    from)
{
  char *to, *p;

  g_return_if_fail (text != NULL && from <= text->len);

  p = strstr (text->str + from, "_x");
  if (p == NULL)
    return;
  for (to = p; *p != '\0';)
    {
      gunichar c = 0;

      if (p[0] == '_' && p[1] == 'x' && strspn (p + 2, "0123456789abcdefABCDEF") >= 4 &&
          p[6] == '_')
        for (guint i = 2; i < 6; i++)
          c = c << 4 | (gunichar) g_ascii_xdigit_value (p[i]);
      if (c != 0 && g_unichar_validate (c))
        {
          to += g_unichar_to_utf8 (c, to);
          p += 7;
        }
      else
        *to++ = *p++;
    }
  g_string_truncate (text, (gsize) (to - text->str));
}
