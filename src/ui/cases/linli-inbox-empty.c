/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What stands where a view has no cases to show: that there are none, that
 * nothing was found, or that they could not be read, which is another thing. */

#include "config.h"

#include "linli-inbox-page-private.h"

#include <glib/gi18n-lib.h>

#include "linli-store-error.h"

typedef struct
{
  const char *icon;
  const char *title;
  const char *text;
  const char *button; /* (nullable) */
  const char *action; /* of the button */
} Empty;

static const Empty nothing_found = {
  "system-search-symbolic", N_("Nothing Found"),
  N_("All cases were searched: titles, texts, entries, names, places and numbers. "
     "Fewer characters find more; “state:” and “unit:” narrow a search."),
  N_("Clear the Search"), "inbox.clear-search"
};

static const Empty no_open_cases = {
  "linli-case-inbox-symbolic", N_("No Open Cases"),
  N_("What residents bring to the desk appears here. Ctrl+N takes in a case while somebody is speaking."),
  N_("New Case"), "win.new-case"
};

static const Empty nothing_here = {
  "linli-done-symbolic", N_("Nothing Here Now"), N_("Cases appear as soon as they belong to this view."), NULL, NULL
};

static const Empty damaged = {
  "dialog-error-symbolic", N_("The Centre’s Data Is Damaged"),
  N_("These cases could not be read. Take in nothing more here: close the centre and bring back its latest backup. "
     "The damaged folder is kept, and more may be saved from it."),
  N_("Close the Centre"), "win.leave-store"
};

static const Empty unread = {
  "drive-harddisk-symbolic", N_("The Cases Could Not Be Read"),
  N_("They are still where they were; the disk did not answer. Check cables and the network drive, then try again."),
  N_("Try Again"), "win.refresh"
};

static const Empty *
find_empty (LinliInboxPage *self)
{
  const GError *failure = linli_case_list_get_failure (self->list);

  if (g_error_matches (failure, LINLI_STORE_ERROR, LINLI_STORE_ERROR_CORRUPT))
    return &damaged;
  if (failure != NULL)
    return &unread;
  if (self->searching)
    return &nothing_found;
  if (*self->query == '\0' || g_str_equal (self->query, "state:open"))
    return &no_open_cases;
  return &nothing_here;
}

/* Says why the view shows no case, and offers what can be done about it. */
void
linli_inbox_page_show_empty (LinliInboxPage *self)
{
  const Empty *empty = find_empty (self);

  adw_status_page_set_icon_name (self->empty, empty->icon);
  adw_status_page_set_title (self->empty, _(empty->title));
  adw_status_page_set_description (self->empty, _(empty->text));
  gtk_widget_set_visible (GTK_WIDGET (self->empty_button), empty->button != NULL);
  if (empty->button != NULL)
    {
      gtk_button_set_label (self->empty_button, _(empty->button));
      gtk_actionable_set_action_name (GTK_ACTIONABLE (self->empty_button), empty->action);
    }
}
