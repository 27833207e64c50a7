/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-trouble-page.h"

#include <glib/gi18n-lib.h>

#include "linli-store-error.h"

struct _LinliTroublePage
{
  AdwBin         parent_instance;

  /* Template children */
  AdwStatusPage *status;
  GtkBox        *buttons;
  GtkLabel      *details;
};

G_DEFINE_FINAL_TYPE (LinliTroublePage, linli_trouble_page, ADW_TYPE_BIN)

/* What can be done about it, the best first. */
enum
{
  RETRY     = 1 << 0,
  READ_ONLY = 1 << 1,
  RESTORE   = 1 << 2,
  OTHER     = 1 << 3,
};

typedef struct
{
  LinliStoreError code;
  const char     *icon;
  const char     *title;
  const char     *text;
  guint           ways;
} Trouble;

static const Trouble troubles[] = {
  { LINLI_STORE_ERROR_IN_USE, "changes-prevent-symbolic", N_("This Centre Is Open Elsewhere"),
    N_("Another window or program on this computer works with it, and only one may write at a time. "
       "Close the other one and try again. Looking is possible meanwhile."),
    RETRY | READ_ONLY | OTHER },
  { LINLI_STORE_ERROR_READ_ONLY, "changes-prevent-symbolic", N_("This Folder May Not Be Written"),
    N_("What is typed could not be kept here, so the centre was not opened for work. "
       "Ask whoever looks after this computer for write access to the folder. Looking is possible meanwhile."),
    RETRY | READ_ONLY | OTHER },
  { LINLI_STORE_ERROR_TOO_NEW, "software-update-available-symbolic", N_("This Centre Needs a Newer Linli"),
    N_("It was last used with a newer version of the program. Nothing was changed. "
       "Update Linli on this computer and open the centre again."),
    RETRY | OTHER },
  { LINLI_STORE_ERROR_TOO_OLD, "software-update-available-symbolic", N_("This Centre Is of an Older Linli"),
    N_("It has to be brought up to this version of the program once, and that cannot be done while it may only be read. "
       "Open it where its folder may be written and no other program works with it."),
    RETRY | OTHER },
  { LINLI_STORE_ERROR_CORRUPT, "dialog-error-symbolic", N_("The Centre’s Data Is Damaged"),
    N_("Linli has stopped so that nothing gets worse, and keeps the damaged folder as it is. "
       "Bring back the latest backup into a new folder, and keep the damaged one: more may be saved from it."),
    RESTORE | READ_ONLY | OTHER },
  { LINLI_STORE_ERROR_FULL, "drive-harddisk-symbolic", N_("The Disk Is Full"),
    N_("Nothing was lost: everything saved so far is on the disk. "
       "Free some space, for instance by emptying the trash, and try again."),
    RETRY | READ_ONLY | OTHER },
  { LINLI_STORE_ERROR_NOT_FOUND, "folder-symbolic", N_("The Centre Is Not Where It Was"),
    N_("Its folder was moved, renamed, or is on a drive that is not connected. "
       "Connect the drive and try again, or choose the folder."),
    RETRY | RESTORE | OTHER },
  { LINLI_STORE_ERROR_IO, "drive-harddisk-symbolic", N_("The Disk Does Not Answer"),
    N_("The computer could not read or write the centre’s folder. Check cables and the network drive, then try again. "
       "If it happens again, make a copy of the folder before anything else."),
    RETRY | RESTORE | OTHER },
};

static const Trouble any_trouble = {
  0, "dialog-error-symbolic", N_("The Centre Does Not Open"),
  N_("Nothing was changed. Try again; if it happens again, the line below helps whoever looks into it."),
  RETRY | RESTORE | OTHER
};

static const Trouble *
find_trouble (const GError *error)
{
  for (guint i = 0; error->domain == LINLI_STORE_ERROR && i < G_N_ELEMENTS (troubles); i++)
    if ((int) troubles[i].code == error->code)
      return &troubles[i];

  return &any_trouble;
}

static void
add_button (LinliTroublePage *self,
            const char       *label,
            const char       *action)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_add_css_class (button, "pill");
  if (gtk_widget_get_first_child (GTK_WIDGET (self->buttons)) == NULL)
    gtk_widget_add_css_class (button, "suggested-action");
  gtk_box_append (self->buttons, button);
}

static void
linli_trouble_page_class_init (LinliTroublePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/linli_desk/Linli/ui/linli-trouble-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LinliTroublePage, status);
  gtk_widget_class_bind_template_child (widget_class, LinliTroublePage, buttons);
  gtk_widget_class_bind_template_child (widget_class, LinliTroublePage, details);
}

static void
linli_trouble_page_init (LinliTroublePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* @error: why @folder did not open */
void
linli_trouble_page_show (LinliTroublePage *self,
                         const GError     *error,
                         const char       *folder)
{
  const Trouble *trouble;
  GtkWidget *child;
  g_autofree char *details = NULL;

  g_return_if_fail (LINLI_IS_TROUBLE_PAGE (self));
  g_return_if_fail (error != NULL);

  trouble = find_trouble (error);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->buttons))) != NULL)
    gtk_box_remove (self->buttons, child);
  adw_status_page_set_icon_name (self->status, trouble->icon);
  adw_status_page_set_title (self->status, _(trouble->title));
  adw_status_page_set_description (self->status, _(trouble->text));
  if (trouble->ways & RETRY)
    add_button (self, _("Try Again"), "win.retry");
  if (trouble->ways & RESTORE)
    add_button (self, _("Bring Back a Backup…"), "win.restore-backup");
  if (trouble->ways & READ_ONLY)
    add_button (self, _("Look Without Changing"), "win.open-read-only");
  if (trouble->ways & OTHER)
    add_button (self, _("Choose Another Centre"), "win.leave-store");
  details = g_strdup_printf ("%s\n%s", folder, error->message);
  gtk_label_set_label (self->details, details);
}
