/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which case is open here, told to colleagues at other desks, and theirs told
 * here: a word in the head, never a lock. */

#include "config.h"

#include "linli-case-pane-private.h"

static gboolean
is_writing (gpointer data)
{
  LinliCasePane *self = data;

  /* A draft of last week is no writing. */
  return self->dialog != NULL ||
         (gtk_widget_get_focus_child (GTK_WIDGET (self->composer)) != NULL && linli_composer_has_words (self->composer));
}

static void
others_changed_cb (LinliCasePane *self)
{
  if (self->context != NULL)
    linli_case_head_show_present (self->head, linli_presence_get_others (self->presence));
}

/* A pane that nobody sees is looked at by nobody. */
void
linli_case_pane_tell_presence (LinliCasePane *self)
{
  if (self->presence != NULL)
    linli_presence_look_at (self->presence, gtk_widget_get_mapped (GTK_WIDGET (self)) ? self->case_id : NULL);
}

void
linli_case_pane_add_presence (LinliCasePane *self)
{
  self->presence = linli_presence_new (linli_ui_context_get_sync (self->context),
                                       linli_ui_context_get_session (self->context)->person, is_writing, self);
  g_signal_connect_object (self->presence, "changed", G_CALLBACK (others_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_after (self, "map", G_CALLBACK (linli_case_pane_tell_presence), NULL);
  g_signal_connect_after (self, "unmap", G_CALLBACK (linli_case_pane_tell_presence), NULL);
}
