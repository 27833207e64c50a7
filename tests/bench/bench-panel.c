/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the window asks for while somebody walks through the list or types into
 * the palette, at a million cases and beside it at ten thousand: the context
 * panel of a case, and where one may go. Fails only far beyond its goals. */

#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "bench-store.h"
#include "case-world.h"
#include "linli-case-context.h"
#include "linli-jump.h"

#define NOW          CASE_WORLD_NOW
#define SMALL        10000
#define N_CASES      200
#define PALETTE_ROWS 8

typedef double (*Measure) (LinliConn  *conn,
                           const char *what);

static double
measure_context (LinliConn  *conn,
                 const char *id)
{
  gint64 started = bench_ticks ();
  g_autoptr(LinliCaseContext) context = linli_case_context_load (conn, id, NULL);

  g_assert_nonnull (context);
  return (bench_ticks () - started) / 1000.0;
}

static double
measure_palette (LinliConn  *conn,
                 const char *typed)
{
  gint64 started = bench_ticks ();
  g_autoptr(GPtrArray) found = linli_jump_find (conn, typed, NOW, case_world_account (), PALETTE_ROWS, NULL);

  g_assert_nonnull (found);
  return (bench_ticks () - started) / 1000.0;
}

/* Cases from all over the store, the newest and the open among them. */
static GPtrArray *
some_cases (LinliConn *conn)
{
  static const char *const choices[] = {
    "SELECT id FROM cases ORDER BY pk DESC LIMIT ?1",
    "SELECT id FROM cases WHERE state = 'dispatched' LIMIT ?1",
    "SELECT id FROM cases WHERE pk % (SELECT max (1, max (pk) / ?1) FROM cases) = 0 LIMIT ?1",
  };
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      g_autoptr(LinliStmt) stmt = linli_conn_prepare (conn, choices[i], NULL);
      gboolean row = TRUE;

      g_assert_nonnull (stmt);
      linli_stmt_bind_int (stmt, 1, N_CASES / G_N_ELEMENTS (choices));
      while (linli_stmt_step (stmt, &row, NULL) && row)
        g_ptr_array_add (ids, linli_stmt_dup_text (stmt, 0));
    }
  g_assert_cmpuint (ids->len, >, 0);

  return ids;
}

/* What people type, key by key: a number, a telephone and its tail, a name and
 * its initials, a place, words. */
static GPtrArray *
some_lines (LinliConn *conn)
{
  static const char *const whole[] = { "13800138000", "8000", "王伟", "wangwei", "ww", "城管局", "cgj", "小区漏水", "井盖" };
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *number = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (whole); i++)
    for (const char *p = whole[i]; *p != '\0'; p = g_utf8_next_char (p))
      g_ptr_array_add (lines, g_strndup (whole[i], (gsize) (g_utf8_next_char (p) - whole[i])));
  if (linli_conn_get_text (conn, &number, NULL, "SELECT case_no FROM cases ORDER BY pk DESC LIMIT 1", "") && number != NULL)
    for (guint n = 1; n <= strlen (number); n++)
      g_ptr_array_add (lines, g_strndup (number, n));

  return lines;
}

/* Returns: the 95th percentile, in milliseconds */
static double
bench (LinliConn  *conn,
       const char *kind,
       const char *name,
       GPtrArray  *whats,
       Measure     measure)
{
  g_autoptr(GArray) samples = g_array_new (FALSE, FALSE, sizeof (double));
  const char *slowest = "";
  double worst = 0;

  for (guint i = 0; i < whats->len; i++)
    {
      double ms = measure (conn, whats->pdata[i]);

      if (ms > worst)
        {
          worst = ms;
          slowest = whats->pdata[i];
        }
      g_array_append_val (samples, ms);
    }
  g_print ("%s, %s cases: p50 %.2f ms, p95 %.2f ms, worst %.2f ms (%s)\n", kind, name, bench_percentile (samples, 0.5),
           bench_percentile (samples, 0.95), worst, slowest);

  return bench_percentile (samples, 0.95);
}

int
main (int    argc,
      char **argv)
{
  guint rows = bench_store_rows ();
  g_autofree char *big_path = NULL;
  g_autofree char *small_path = NULL;
  g_autofree char *name = g_strdup_printf ("%u", rows);
  g_autoptr(LinliConn) big = NULL;
  g_autoptr(LinliConn) small = NULL;
  g_autoptr(GPtrArray) lines = NULL;
  g_autoptr(GPtrArray) of_small = NULL;
  g_autoptr(GPtrArray) of_big = NULL;
  double panel_small, panel_big, palette_small, palette_big;

  setlocale (LC_ALL, "C.UTF-8");
  big_path = bench_store_open_path (rows);
  small_path = bench_store_open_path (SMALL);
  big = bench_store_open (big_path);
  small = bench_store_open (small_path);
  of_small = some_cases (small);
  of_big = some_cases (big);
  lines = some_lines (big);

  panel_small = bench (small, "context panel", "10000", of_small, measure_context);
  panel_big = bench (big, "context panel", name, of_big, measure_context);
  g_print ("context panel: %s / 10000 cases = %.2f times; goal 80 ms\n", name, panel_big / panel_small);
  palette_small = bench (small, "palette, a key", "10000", lines, measure_palette);
  palette_big = bench (big, "palette, a key", name, lines, measure_palette);
  g_print ("palette: %s / 10000 cases = %.2f times; goal 100 ms\n", name, palette_big / palette_small);

  return panel_big <= 240 && palette_big <= 300 ? EXIT_SUCCESS : EXIT_FAILURE;
}
