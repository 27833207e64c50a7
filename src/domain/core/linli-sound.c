/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-sound.h"

#define MOST_PER_RULE 20 /* a broken rule is named so often, then counted */

static gboolean
check_rule (LinliConn            *conn,
            const char           *noun,
            const LinliSoundRule *rule,
            GPtrArray            *problems,
            GError              **error)
{
  g_autoptr(LinliStmt) stmt = linli_conn_query (conn, error, rule->sql, "");
  gboolean row = FALSE;
  guint n = 0;

  if (stmt == NULL || !linli_stmt_step (stmt, &row, error))
    return FALSE;
  while (row)
    {
      if (n++ < MOST_PER_RULE)
        g_ptr_array_add (problems, g_strdup_printf ("%s %s %s", noun, linli_stmt_get_text (stmt, 0), rule->what));
      if (!linli_stmt_step (stmt, &row, error))
        return FALSE;
    }
  if (n > MOST_PER_RULE)
    g_ptr_array_add (problems, g_strdup_printf ("%u more: each %s", n - MOST_PER_RULE, rule->what));

  return TRUE;
}

/**
 * linli_sound_check:
 * @noun: what a name stands for: "case"
 * @rules: ends with a %NULL @what
 * @problems: (element-type utf8): receives what is wrong, in words
 * @error: %LINLI_STORE_ERROR when it could not be found out
 */
gboolean
linli_sound_check (LinliConn            *conn,
                   const char           *noun,
                   const LinliSoundRule *rules,
                   GPtrArray            *problems,
                   GError              **error)
{
  g_return_val_if_fail (conn != NULL && problems != NULL, FALSE);

  for (const LinliSoundRule *rule = rules; rule->what != NULL; rule++)
    if (!check_rule (conn, noun, rule, problems, error))
      return FALSE;
  return TRUE;
}
