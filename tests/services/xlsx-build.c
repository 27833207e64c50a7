/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "xlsx-build.h"

#include <archive.h>
#include <archive_entry.h>
#include <string.h>

#define MAIN_NS "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""
#define REL_NS  "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

static la_ssize_t
write_cb (struct archive *archive,
          void           *data,
          const void     *buffer,
          size_t          length)
{
  g_byte_array_append (data, buffer, (guint) length);
  return (la_ssize_t) length;
}

GBytes *
xlsx_build_zip (const char **names,
                GBytes     **contents,
                guint        n)
{
  GByteArray *out = g_byte_array_new ();
  struct archive *archive = archive_write_new ();

  archive_write_set_format_zip (archive);
  archive_write_set_bytes_in_last_block (archive, 1);
  g_assert_cmpint (archive_write_open (archive, out, NULL, write_cb, NULL), ==, ARCHIVE_OK);
  for (guint i = 0; i < n; i++)
    {
      struct archive_entry *entry = archive_entry_new ();
      gsize length;
      const void *bytes = g_bytes_get_data (contents[i], &length);

      archive_entry_set_pathname (entry, names[i]);
      archive_entry_set_size (entry, (la_int64_t) length);
      archive_entry_set_filetype (entry, AE_IFREG);
      archive_entry_set_perm (entry, 0644);
      g_assert_cmpint (archive_write_header (archive, entry), ==, ARCHIVE_OK);
      g_assert_cmpint (archive_write_data (archive, bytes, length), ==, (la_ssize_t) length);
      archive_entry_free (entry);
    }
  archive_write_close (archive);
  archive_write_free (archive);
  return g_byte_array_free_to_bytes (out);
}

static GBytes *
text (char *owned)
{
  return g_bytes_new_take (owned, strlen (owned));
}

static GBytes *
sheet_bytes (const XlsxParts *parts)
{
  GString *sheet = g_string_new ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<worksheet " MAIN_NS ">");

  g_string_append_len (sheet, parts->sheet, parts->sheet_length > 0 ? parts->sheet_length : -1);
  g_string_append (sheet, "</worksheet>");
  return g_string_free_to_bytes (sheet);
}

GBytes *
xlsx_build (const XlsxParts *parts)
{
  static const char *usual_relations =
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
    "<Relationship Id=\"rId1\" Type=\"" REL_NS "/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
    "<Relationship Id=\"rId2\" Type=\"" REL_NS "/styles\" Target=\"styles.xml\"/>"
    "<Relationship Id=\"rId3\" Type=\"" REL_NS "/sharedStrings\" Target=\"/xl/sharedStrings.xml\"/>"
    "</Relationships>";
  static const char *usual_workbook =
    "<workbook " MAIN_NS " xmlns:r=\"" REL_NS "\"><sheets>"
    "<sheet name=\"表一\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>";
  static const char *usual_styles = "<styleSheet " MAIN_NS "/>";
  const char *names[] = { "[Content_Types].xml", "xl/worksheets/sheet1.xml", "xl/workbook.xml",
                          "xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/sharedStrings.xml",
                          parts->extra_name };
  GBytes *contents[7] = {
    text (g_strdup ("<Types/>")),
    sheet_bytes (parts),
    text (g_strdup (parts->workbook != NULL ? parts->workbook : usual_workbook)),
    text (g_strdup (parts->relations != NULL ? parts->relations : usual_relations)),
    text (g_strdup (parts->styles != NULL ? parts->styles : usual_styles)),
    text (g_strconcat ("<sst " MAIN_NS ">", parts->texts != NULL ? parts->texts : "", "</sst>", NULL)),
    text (g_strdup (parts->extra != NULL ? parts->extra : "")),
  };
  GBytes *zip = xlsx_build_zip (names, contents, parts->extra_name != NULL ? 7 : 6);

  for (guint i = 0; i < G_N_ELEMENTS (contents); i++)
    g_bytes_unref (contents[i]);
  return zip;
}
