/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where `win.new-case` gets its page. */

#include "config.h"

#include "linli-new-case.h"

/* Whether this desk may take in cases. */
gboolean
linli_new_case_is_possible (LinliUiContext *context)
{
  return FALSE;
}

/* Returns: (transfer floating): a page for linli_desk_view_push() */
GtkWidget *
linli_new_case_page (LinliUiContext *context)
{
  return NULL;
}
