/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linli-table-error.h"
#include "linli-xlsx-format.h"
#include "linli-xlsx.h"
#include "xlsx-build.h"

#include <string.h>

static LinliXlsx *
open_bytes (GBytes                *bytes,
            gboolean               fill,
            const LinliXlsxLimits *limits,
            GError               **error)
{
  g_autoptr(GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);

  return linli_xlsx_new (stream, fill, limits, NULL, error);
}

/* Rows as "3: cell|cell\n", up to the end or an error. */
static char *
dump (LinliXlsx *xlsx,
      GError   **error)
{
  GString *out = g_string_new (NULL);
  GPtrArray *row;

  while (linli_xlsx_next (xlsx, &row, error) && row != NULL)
    {
      g_string_append_printf (out, "%u: ", (guint) linli_xlsx_get_row (xlsx));
      for (guint i = 0; i < row->len; i++)
        g_string_append_printf (out, "%s%s", i > 0 ? "|" : "", (char *) row->pdata[i]);
      g_string_append_c (out, '\n');
    }
  return g_string_free (out, FALSE);
}

static void
expect_rows (const XlsxParts *parts,
             gboolean         fill,
             const char      *expected)
{
  g_autoptr(GBytes) bytes = xlsx_build (parts);
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliXlsx) xlsx = open_bytes (bytes, fill, NULL, &error);
  g_autofree char *rows = NULL;

  g_assert_no_error (error);
  rows = dump (xlsx, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (rows, ==, expected);
  g_assert_cmpuint (linli_xlsx_get_position (xlsx), ==, linli_xlsx_get_total (xlsx));
}

static void
expect_error (const XlsxParts *parts,
              int              code,
              const char      *words)
{
  g_autoptr(GBytes) bytes = xlsx_build (parts);
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliXlsx) xlsx = open_bytes (bytes, FALSE, NULL, &error);

  if (xlsx != NULL)
    {
      g_autofree char *rows = dump (xlsx, &error);
      g_autoptr(GError) again = NULL;
      GPtrArray *row;

      g_assert_false (linli_xlsx_next (xlsx, &row, &again));
      g_assert_error (again, LINLI_TABLE_ERROR, code);
    }
  g_assert_error (error, LINLI_TABLE_ERROR, code);
  g_assert_nonnull (strstr (error->message, words));
}

static void
test_cells (void)
{
  XlsxParts parts = {
    .texts = "<si><t>编号</t></si>"
             "<si><r><t>富</t></r><r><t xml:space=\"preserve\"> 文本</t></r><rPh sb=\"0\" eb=\"1\"><t>fu</t></rPh></si>"
             "<si><t>一_x000D_\n二 _x005F_x000D_ _xZZZZ_</t></si><si/>",
    .sheet = "<cols><col min=\"1\"/></cols><sheetData>"
             "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c></row>"
             "<row r=\"2\"><c r=\"A2\"/><c r=\"XFD2\" s=\"3\"/></row>"
             "<row r=\"4\"><c r=\"B4\" t=\"inlineStr\"><is><t>行内</t></is></c><c r=\"D4\" t=\"b\"><v>1</v></c>"
             "<c r=\"E4\" t=\"b\"><v>0</v></c><c r=\"F4\" t=\"e\"><v>#N/A</v></c></row>"
             "<row><c><v>7</v></c><c t=\"str\"><f>A1&amp;\"x\"</f><v>结果</v></c><c><f>1+1</f><v>2</v></c></row>"
             "<row r=\"9\"><c r=\"A9\" t=\"s\"><v>2</v></c><c r=\"B9\" t=\"s\"><v>3</v></c></row>"
             "</sheetData>",
  };

  expect_rows (&parts, FALSE,
               "1: 编号|富 文本\n"
               "4: |行内||TRUE|FALSE|#N/A\n"
               "5: 7|结果|2\n"
               "9: 一\r\n二 _x000D_ _xZZZZ_\n");
}

/* Programs that are no spreadsheets save formulas without results. */
static void
test_no_result (void)
{
  g_autoptr(GBytes) bytes = xlsx_build (&(XlsxParts) {
    .sheet = "<sheetData><row><c t=\"str\"><f>\"\"</f><v></v></c><c><v>1</v></c></row>"
             "<row><c><f>A1</f></c><c><v>2</v></c></row></sheetData>",
  });
  g_autoptr(LinliXlsx) xlsx = open_bytes (bytes, FALSE, NULL, NULL);
  g_autofree char *rows = dump (xlsx, NULL);

  g_assert_cmpstr (rows, ==, "1: |1\n2: |2\n");
  g_assert_cmpuint (linli_xlsx_get_notes (xlsx)->count[LINLI_TABLE_NOTE_NO_RESULT], ==, 1);
  g_assert_cmpuint (linli_xlsx_get_notes (xlsx)->first_line[LINLI_TABLE_NOTE_NO_RESULT], ==, 2);
}

/* Some writers prefix every element. */
static void
test_prefixes (void)
{
  XlsxParts parts = {
    .sheet = "<x:sheetData xmlns:x=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">"
             "<x:row r=\"1\"><x:c r=\"A1\" t=\"inlineStr\"><x:is><x:t>甲</x:t></x:is></x:c></x:row></x:sheetData>",
  };

  expect_rows (&parts, FALSE, "1: 甲\n");
}

#define STYLES "<styleSheet><numFmts><numFmt numFmtId=\"176\" formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@\"/>" \
  "<numFmt numFmtId=\"177\" formatCode=\"000000\"/><numFmt numFmtId=\"178\" formatCode=\"[h]:mm\"/></numFmts>" \
  "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>" \
  "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"22\"/><xf numFmtId=\"176\"/>" \
  "<xf numFmtId=\"177\"/><xf numFmtId=\"178\"/><xf numFmtId=\"21\"/></cellXfs></styleSheet>"

static void
test_dates (void)
{
  XlsxParts parts = {
    .styles = STYLES,
    .sheet = "<sheetData><row r=\"1\">"
             "<c s=\"1\"><v>43285</v></c><c s=\"2\"><v>43285.725474537037</v></c><c s=\"3\"><v>46067</v></c>"
             "<c s=\"4\"><v>42</v></c><c s=\"5\"><v>1.1041666666666667</v></c><c s=\"6\"><v>0.72547453703703702</v></c>"
             "<c s=\"0\"><v>43285</v></c><c s=\"99\"><v>5</v></c></row></sheetData>",
  };

  expect_rows (&parts, FALSE,
               "1: 2018-07-04|2018-07-04 17:24:41|2026-02-14|000042|26:30:00|17:24:41|43285|5\n");
  parts.workbook = "<workbook xmlns:r=\"r\"><workbookPr date1904=\"1\"/><sheets>"
                   "<sheet name=\"Mac\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>";
  parts.sheet = "<sheetData><row r=\"1\"><c s=\"1\"><v>41823</v></c><c s=\"1\"><v>0</v></c></row></sheetData>";
  expect_rows (&parts, FALSE, "1: 2018-07-04|1904-01-01\n");
}

static void
test_number_text (void)
{
  static const struct { const char *text; LinliXlsxFormat format; gboolean date1904; const char *shown; } rows[] = {
    { "0.30000000000000004", { LINLI_XLSX_PLAIN, 0 }, FALSE, "0.3" },
    { "13800138000", { LINLI_XLSX_PLAIN, 0 }, FALSE, "13800138000" },
    { "1.3800138E10", { LINLI_XLSX_PLAIN, 0 }, FALSE, "13800138000" },
    { "-5", { LINLI_XLSX_PLAIN, 0 }, FALSE, "-5" },
    { "abc", { LINLI_XLSX_DATE, 0 }, FALSE, "abc" },
    { "1", { LINLI_XLSX_DATE, 0 }, FALSE, "1900-01-01" },
    { "59", { LINLI_XLSX_DATE, 0 }, FALSE, "1900-02-28" },
    { "60", { LINLI_XLSX_DATE, 0 }, FALSE, "1900-02-29" },
    { "61", { LINLI_XLSX_DATE, 0 }, FALSE, "1900-03-01" },
    { "0", { LINLI_XLSX_DATE, 0 }, FALSE, "0" },
    { "2958465", { LINLI_XLSX_DATE, 0 }, FALSE, "9999-12-31" },
    { "2958466", { LINLI_XLSX_DATE, 0 }, FALSE, "2958466" },
    { "2958465.9999999", { LINLI_XLSX_DATE, 0 }, FALSE, "2958465.9999999" },
    { "-1", { LINLI_XLSX_DATE, 0 }, FALSE, "-1" },
    { "nan", { LINLI_XLSX_DATE, 0 }, FALSE, "nan" },
    { "43284.9999999", { LINLI_XLSX_DATE, 0 }, FALSE, "2018-07-04" },
    { "7", { LINLI_XLSX_PADDED, 2 }, FALSE, "07" },
    { "1234", { LINLI_XLSX_PADDED, 2 }, FALSE, "1234" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(GString) out = g_string_new (NULL);

      linli_xlsx_append_number (out, rows[i].text, &rows[i].format, rows[i].date1904);
      g_assert_cmpstr (out->str, ==, rows[i].shown);
    }
}

static void
test_format_codes (void)
{
  static const struct { const char *code; LinliXlsxFormatKind kind; } rows[] = {
    { "General", LINLI_XLSX_PLAIN }, { "0.00", LINLI_XLSX_PLAIN }, { "#,##0", LINLI_XLSX_PLAIN },
    { "0.00E+00", LINLI_XLSX_PLAIN }, { "@", LINLI_XLSX_PLAIN }, { "0\"days\"", LINLI_XLSX_PLAIN },
    { "[Red]0;[Blue]-0", LINLI_XLSX_PLAIN }, { "0_);(0)", LINLI_XLSX_PLAIN }, { "0\\d", LINLI_XLSX_PLAIN },
    { "[$-804]yyyy\"年\"m\"月\"", LINLI_XLSX_DATE }, { "yyyy/m/d h:mm", LINLI_XLSX_DATE },
    { "d\\-mmm\\-yy", LINLI_XLSX_DATE }, { "m", LINLI_XLSX_DATE }, { "h:mm AM/PM", LINLI_XLSX_TIME },
    { "[$-F400]h:mm:ss\\ AM/PM", LINLI_XLSX_TIME }, { "mm:ss", LINLI_XLSX_TIME },
    { "[h]:mm:ss", LINLI_XLSX_DURATION }, { "[mm]", LINLI_XLSX_DURATION },
    { "00", LINLI_XLSX_PADDED }, { "0", LINLI_XLSX_PLAIN }, { "\"unfinished", LINLI_XLSX_PLAIN }, { "[", LINLI_XLSX_PLAIN },
    { "\\", LINLI_XLSX_PLAIN }, { "", LINLI_XLSX_PLAIN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      LinliXlsxFormat format = linli_xlsx_format_from_code (rows[i].code);

      g_test_message ("%s", rows[i].code);
      g_assert_cmpint (format.kind, ==, rows[i].kind);
    }
}

static void
test_merged (void)
{
  XlsxParts parts = {
    .sheet = "<sheetData>"
             "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>标题</v></c></row>"
             "<row r=\"2\"><c r=\"A2\" t=\"str\"><v>公用设施</v></c><c r=\"B2\" t=\"str\"><v>上水井盖</v></c></row>"
             "<row r=\"3\"><c r=\"A3\" s=\"1\"/><c r=\"B3\" t=\"str\"><v>污水井盖</v></c></row>"
             "<row r=\"4\"><c r=\"B4\" t=\"str\"><v>路灯</v></c></row>"
             "<row r=\"5\"><c r=\"A5\" t=\"str\"><v>道路</v></c></row>"
             "</sheetData><mergeCells><mergeCell ref=\"A1:D1\"/><mergeCell ref=\"A2:A4\"/>"
             "<mergeCell ref=\"B4:B5\"/><mergeCell ref=\"bad\"/></mergeCells>",
  };

  expect_rows (&parts, FALSE, "1: 标题\n2: 公用设施|上水井盖\n3: |污水井盖\n4: |路灯\n5: 道路\n");
  expect_rows (&parts, TRUE,
               "1: 标题\n2: 公用设施|上水井盖\n3: 公用设施|污水井盖\n4: 公用设施|路灯\n5: 道路|路灯\n");
}

static void
test_sheets (void)
{
  XlsxParts parts = {
    .workbook = "<workbook xmlns:r=\"r\"><sheets><sheet name=\"字典\" sheetId=\"9\" state=\"hidden\" r:id=\"a\"/>"
                "<sheet name=\"图\" sheetId=\"3\" r:id=\"c\"/><sheet name=\"台账\" sheetId=\"4\" r:id=\"b\"/></sheets></workbook>",
    .relations = "<Relationships><Relationship Id=\"a\" Type=\"x/worksheet\" Target=\"other.xml\"/>"
                 "<Relationship Id=\"c\" Type=\"x/chartsheet\" Target=\"chart.xml\"/>"
                 "<Relationship Id=\"b\" Type=\"x/worksheet\" Target=\"./worksheets/../Worksheets/sheet1.xml\"/></Relationships>",
    .sheet = "<sheetData><row><c><v>1</v></c></row></sheetData>",
    .extra_name = "xl/other.xml",
    .extra = "<worksheet><sheetData><row><c><v>2</v></c></row></sheetData></worksheet>",
  };
  g_autoptr(GBytes) bytes = xlsx_build (&parts);
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliXlsx) xlsx = open_bytes (bytes, FALSE, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (linli_xlsx_get_n_sheets (xlsx), ==, 2);
  g_assert_cmpuint (linli_xlsx_get_sheet (xlsx), ==, 1);
  g_assert_cmpstr (linli_xlsx_get_sheet_name (xlsx, 0), ==, "字典");
  g_assert_true (linli_xlsx_is_sheet_hidden (xlsx, 0));
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *rows = NULL;

      g_assert_true (linli_xlsx_select_sheet (xlsx, i % 2, &error));
      rows = dump (xlsx, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (rows, ==, i % 2 == 0 ? "1: 2\n" : "1: 1\n");
    }
}

static void
append_rows (GString *sheet,
             guint    n)
{
  g_string_append (sheet, "<sheetData>");
  for (guint i = 1; i <= n; i++)
    g_string_append_printf (sheet, "<row r=\"%u\"><c r=\"A%u\"><v>%u</v></c><c r=\"B%u\" t=\"inlineStr\">"
                            "<is><t>第%u件</t></is></c></row>", i, i, i, i, i);
  g_string_append (sheet, "</sheetData>");
}

static void
test_many_rows (void)
{
  g_autoptr(GString) sheet = g_string_new (NULL);
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(LinliXlsx) xlsx = NULL;
  g_autoptr(GError) error = NULL;
  GPtrArray *row;
  guint n = 0;

  append_rows (sheet, 30000);
  bytes = xlsx_build (&(XlsxParts) { .sheet = sheet->str });
  xlsx = open_bytes (bytes, FALSE, NULL, &error);
  while (linli_xlsx_next (xlsx, &row, &error) && row != NULL)
    {
      g_autofree char *text = g_strdup_printf ("第%u件", ++n);

      g_assert_cmpuint (row->len, ==, 2);
      g_assert_cmpstr (row->pdata[1], ==, text);
    }
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 30000);
}

static void
test_hostile_xml (void)
{
  g_autoptr(GString) deep = g_string_new ("<sheetData>");
  g_autoptr(GString) long_tag = g_string_new ("<sheetData x=\"");
  const XlsxParts entities = {
    .workbook = "<!DOCTYPE x [<!ENTITY a \"lol\"><!ENTITY b \"&a;&a;&a;&a;\">]><workbook>&b;</workbook>", .sheet = "",
  };

  expect_error (&entities, LINLI_TABLE_ERROR_BOMB, "entities");
  for (guint i = 0; i < 100000; i++)
    g_string_append (deep, "<a>");
  expect_error (&(XlsxParts) { .sheet = deep->str }, LINLI_TABLE_ERROR_BOMB, "nested");
  g_string_set_size (long_tag, 12 << 20);
  memset (long_tag->str + 14, 'x', long_tag->len - 14);
  expect_error (&(XlsxParts) { .sheet = long_tag->str, .sheet_length = (gssize) long_tag->len },
                LINLI_TABLE_ERROR_BOMB, "larger than any real one");
  expect_error (&(XlsxParts) { .sheet = "<sheetData><row></c></row>" }, LINLI_TABLE_ERROR_FORMAT, "not well-formed");
  expect_error (&(XlsxParts) { .sheet = "<sheetData><row><c t=\"s\"><v>3</v></c></row></sheetData>" },
                LINLI_TABLE_ERROR_FORMAT, "Row 1: cell 1 refers to a text");
  expect_error (&(XlsxParts) { .sheet = "<sheetData><row><c r=\"XFD1\"><v>3</v></c></row></sheetData>" },
                LINLI_TABLE_ERROR_LIMIT, "Row 1: the row has more than");
  expect_error (&(XlsxParts) { .sheet = "", .workbook = "<workbook/>" }, LINLI_TABLE_ERROR_FORMAT, "no sheet");
  expect_error (&(XlsxParts) { .sheet = "", .relations = "<Relationships><Relationship Id=\"rId1\" Type=\"a/worksheet\" Target=\"gone.xml\"/></Relationships>" },
                LINLI_TABLE_ERROR_FORMAT, "lacks its part xl/gone.xml");
}

static void
test_bombs (void)
{
  g_autoptr(GString) blanks = g_string_new ("<sheetData>");
  g_autoptr(GString) rows = g_string_new (NULL);
  g_autoptr(GBytes) bytes = NULL;
  LinliXlsxLimits limits = linli_xlsx_default_limits;
  gsize start = blanks->len;

  /* 100 MB of blanks between two rows pack a thousandfold. */
  g_string_set_size (blanks, 100 << 20);
  memset (blanks->str + start, ' ', blanks->len - start);
  g_string_append (blanks, "</sheetData>");
  expect_error (&(XlsxParts) { .sheet = blanks->str }, LINLI_TABLE_ERROR_BOMB, "built to exhaust");

  append_rows (rows, 1000);
  bytes = xlsx_build (&(XlsxParts) { .sheet = rows->str, .texts = "<si><t>甲甲甲甲</t></si><si><t>乙</t></si>" });
  for (guint i = 0; i < 4; i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(LinliXlsx) xlsx = NULL;
      g_autofree char *text = NULL;

      limits = linli_xlsx_default_limits;
      if (i == 0)
        limits.zip.max_total = 10000;
      if (i == 1)
        limits.zip.max_entries = 3;
      if (i == 2)
        limits.max_texts = 1;
      if (i == 3)
        limits.max_text_bytes = 5;
      xlsx = open_bytes (bytes, FALSE, &limits, &error);
      if (xlsx != NULL)
        text = dump (xlsx, &error);
      g_assert_error (error, LINLI_TABLE_ERROR, (i < 2 ? LINLI_TABLE_ERROR_BOMB : LINLI_TABLE_ERROR_LIMIT));
    }
}

/* Every way of cutting a file off is told as such and gives no row twice. */
static void
test_torn (void)
{
  g_autoptr(GString) sheet = g_string_new (NULL);
  g_autoptr(GBytes) bytes = NULL;
  gsize length;

  append_rows (sheet, 200);
  bytes = xlsx_build (&(XlsxParts) { .sheet = sheet->str });
  length = g_bytes_get_size (bytes);
  for (gsize cut = 4; cut < length; cut += 37)
    {
      g_autoptr(GBytes) torn = g_bytes_new_from_bytes (bytes, 0, cut);
      g_autoptr(GError) error = NULL;

      g_assert_null (open_bytes (torn, FALSE, NULL, &error));
      g_assert_error (error, LINLI_TABLE_ERROR, LINLI_TABLE_ERROR_TORN);
    }
}

/* Whatever byte is changed, the end is rows or an error, never a crash. */
static void
test_flipped_bytes (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (42);
  g_autoptr(GString) sheet = g_string_new (NULL);
  g_autoptr(GBytes) bytes = NULL;
  guint failed = 0;

  append_rows (sheet, 50);
  bytes = xlsx_build (&(XlsxParts) { .sheet = sheet->str, .styles = STYLES, .texts = "<si><t>甲</t></si>" });
  for (guint i = 0; i < 1500; i++)
    {
      gsize length;
      const guint8 *data = g_bytes_get_data (bytes, &length);
      guint8 *copy = g_memdup2 (data, length);
      g_autoptr(GBytes) changed = NULL;
      g_autoptr(GError) error = NULL;
      g_autoptr(LinliXlsx) xlsx = NULL;
      g_autofree char *rows = NULL;

      copy[g_rand_int_range (rand, 4, (gint32) length)] ^= (guint8) (1 << g_rand_int_range (rand, 0, 8));
      changed = g_bytes_new_take (copy, length);
      xlsx = open_bytes (changed, i % 2, NULL, &error);
      if (xlsx != NULL)
        rows = dump (xlsx, &error);
      failed += error != NULL;
    }
  g_assert_cmpuint (failed, >, 100);
}

static void
test_other_zips (void)
{
  static const struct { const char *name, *words; } zips[] = {
    { "word/document.xml", "Word" }, { "xl/workbook.bin", "XLSB" }, { "content.xml", "OpenDocument" }, { "a.txt", "unpack" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (zips); i++)
    {
      g_autoptr(GBytes) content = g_bytes_new_static ("x", 1);
      g_autoptr(GBytes) bytes = xlsx_build_zip ((const char *[]) { zips[i].name }, &content, 1);
      g_autoptr(GError) error = NULL;

      g_assert_null (open_bytes (bytes, FALSE, NULL, &error));
      g_assert_error (error, LINLI_TABLE_ERROR, LINLI_TABLE_ERROR_FORMAT);
      g_assert_nonnull (strstr (error->message, zips[i].words));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/xlsx/kinds-of-cells", test_cells);
  g_test_add_func ("/xlsx/formulas-without-result", test_no_result);
  g_test_add_func ("/xlsx/prefixed-elements", test_prefixes);
  g_test_add_func ("/xlsx/dates", test_dates);
  g_test_add_func ("/xlsx/numbers-as-shown", test_number_text);
  g_test_add_func ("/xlsx/format-codes", test_format_codes);
  g_test_add_func ("/xlsx/merged-cells", test_merged);
  g_test_add_func ("/xlsx/sheets", test_sheets);
  g_test_add_func ("/xlsx/many-rows", test_many_rows);
  g_test_add_func ("/xlsx/hostile-xml", test_hostile_xml);
  g_test_add_func ("/xlsx/bombs", test_bombs);
  g_test_add_func ("/xlsx/torn", test_torn);
  g_test_add_func ("/xlsx/flipped-bytes", test_flipped_bytes);
  g_test_add_func ("/xlsx/other-zips", test_other_zips);
  return g_test_run ();
}
