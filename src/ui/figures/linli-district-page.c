/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-district-page.h"

#include <glib/gi18n-lib.h>

#include "linli-cards.h"
#include "linli-certificates.h"
#include "linli-district-keeper.h"
#include "linli-district-view.h"
#include "linli-error-words.h"
#include "linli-figure-period.h"
#include "linli-focus-enters.h"
#include "linli-time-words.h"

struct _LinliDistrictPage
{
  AdwBin                parent_instance;

  /* Template children */
  AdwWindowTitle       *title;
  GtkWidget            *back;
  GtkWidget            *controls;
  GtkDropDown          *period;
  GtkDropDown          *compare;
  GtkDropDown          *sort;
  GtkSpinner           *spinner;
  GtkWidget            *trouble;
  GtkLabel             *trouble_words;
  GtkStack             *stack;
  AdwEntryRow          *address_row;
  AdwEntryRow          *key_row;
  AdwActionRow         *trusted;
  GtkBox               *table;
  GtkListBox           *centres;
  GtkFlowBox           *tiles;
  GtkFlowBox           *groups;

  /* Owned */
  LinliUiContext       *context;
  GCancellable         *cancellable; /* (nullable): of what is being read */
  LinliDistrictAddress *address;     /* (nullable) until one was given */
  LinliDistrictFigures *figures;     /* (nullable) */
  char                 *shown;       /* (nullable): the period of @figures, in words */
  char                 *authority;   /* (nullable): chosen in the form */

  /* State */
  LinliDistrictCentre  *centre;      /* (unowned) (nullable): the one looked at */
};

G_DEFINE_FINAL_TYPE (LinliDistrictPage, linli_district_page, ADW_TYPE_BIN)

static const char *const comparisons[] = { "before", "year", NULL };

static const char *
folder_of (LinliDistrictPage *self)
{
  return linli_store_get_folder (linli_ui_context_get_store (self->context));
}

static void
say_trouble (LinliDistrictPage *self,
             const char        *words)
{
  gtk_label_set_label (self->trouble_words, words != NULL ? words : "");
  gtk_widget_set_visible (self->trouble, words != NULL);
}

/* --- Showing --- */

static void
show_page (LinliDistrictPage *self,
           const char        *name)
{
  gboolean centres = g_str_equal (name, "centres");

  gtk_stack_set_visible_child_name (self->stack, name);
  gtk_widget_set_visible (self->controls, !g_str_equal (name, "connect"));
  gtk_widget_set_visible (GTK_WIDGET (self->sort), centres);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "district.export", self->figures != NULL && self->address != NULL);
  adw_window_title_set_title (self->title, self->centre != NULL ? self->centre->name : _("District"));
  adw_window_title_set_subtitle (self->title, self->shown != NULL && self->address != NULL ? self->shown : "");
}

/* Whether what had the keyboard went away with what was shown before. */
static gboolean
is_left_without_focus (LinliDistrictPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return root != NULL && (focus == NULL || !gtk_widget_get_mapped (focus));
}

static void
show_centres (LinliDistrictPage *self)
{
  self->centre = NULL;
  linli_district_fill_centres (self->centres, self->figures, (LinliDistrictSort) gtk_drop_down_get_selected (self->sort));
  show_page (self, self->figures->centres->len > 0 ? "centres" : "empty");
  if (is_left_without_focus (self))
    gtk_widget_child_focus (GTK_WIDGET (self->centres), GTK_DIR_TAB_FORWARD);
}

static void
show_centre (LinliDistrictPage   *self,
             LinliDistrictCentre *centre)
{
  self->centre = centre;
  linli_district_fill_centre (self->tiles, self->groups, centre);
  gtk_widget_grab_focus (self->back); /* the row that had the keyboard is covered */
  show_page (self, "centre");
}

/* The centre that was looked at stays on the screen while the period changes. */
static void
take_answer (LinliDistrictPage   *self,
             LinliDistrictAnswer *answer)
{
  g_autofree char *workspace = self->centre != NULL ? g_strdup (self->centre->workspace) : NULL;
  g_autoptr(LinliDistrictFigures) before = g_steal_pointer (&self->figures);

  self->figures = linli_district_figures_parse (answer->answer, answer->at);
  g_free (self->shown);
  self->shown = g_strdup_printf ("%s – %s", answer->from, answer->to);
  show_centres (self); /* before the old ones go away: its rows name them */
  for (guint i = 0; workspace != NULL && i < self->figures->centres->len; i++)
    {
      LinliDistrictCentre *centre = self->figures->centres->pdata[i];

      if (g_strcmp0 (centre->workspace, workspace) == 0 && centre->readable)
        show_centre (self, centre);
    }
}

static void
show_connect (LinliDistrictPage *self)
{
  self->centre = NULL;
  if (self->address != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->address_row), self->address->url);
  gtk_editable_set_text (GTK_EDITABLE (self->key_row), "");
  g_clear_pointer (&self->address, linli_district_address_free);
  show_page (self, "connect");
  gtk_widget_grab_focus (GTK_WIDGET (self->address_row));
}

/* --- Reading --- */

/* The last answer with its age, when there is none from today. */
static char *
unreachable_words (LinliDistrictPage *self,
                   const GError      *error)
{
  const char *why = g_dgettext (GETTEXT_PACKAGE, error->message);
  g_autofree char *moment = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    return g_strdup (_("The hub does not take this key any more. Ask whoever runs the hub for another, and connect again."));
  if (self->figures == NULL)
    return g_strdup_printf (_("The hub cannot be reached: %s. Nothing was read from it before."), why);
  moment = linli_moment_words (self->figures->at, linli_ui_context_now (self->context),
                               linli_ui_context_get_zone (self->context));
  return g_strdup_printf (_("The hub cannot be reached: %s. These are the figures that it gave last, %s."), why, moment);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(LinliDistrictPage) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliDistrictAnswer) answer = linli_district_read_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->context == NULL)
    return;
  gtk_spinner_set_spinning (self->spinner, FALSE);
  if (answer == NULL)
    {
      g_autofree char *words = NULL;

      if (self->figures == NULL)
        {
          g_autoptr(LinliDistrictAnswer) kept = linli_district_keeper_load_answer (folder_of (self));

          if (kept != NULL)
            take_answer (self, kept);
          else
            show_page (self, "empty");
        }
      words = unreachable_words (self, error);
      say_trouble (self, words);
      return;
    }
  say_trouble (self, NULL);
  take_answer (self, answer);
}

static void
reload (LinliDistrictPage *self)
{
  g_autoptr(GDateTime) utc = NULL;
  g_autoptr(GDateTime) here = NULL;
  guint compare = gtk_drop_down_get_selected (self->compare);
  GDate today, from, to;
  char first[16], last[16];

  if (self->address == NULL)
    return;
  utc = g_date_time_new_from_unix_utc (linli_ui_context_now (self->context) / G_USEC_PER_SEC);
  here = g_date_time_to_timezone (utc, linli_ui_context_get_zone (self->context));
  g_date_set_dmy (&today, (GDateDay) g_date_time_get_day_of_month (here), (GDateMonth) g_date_time_get_month (here),
                  (GDateYear) g_date_time_get_year (here));
  linli_period_days ((LinliPeriod) gtk_drop_down_get_selected (self->period), &today, &from, &to);
  g_date_strftime (first, sizeof first, "%Y-%m-%d", &from);
  g_date_strftime (last, sizeof last, "%Y-%m-%d", &to);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  gtk_spinner_set_spinning (self->spinner, TRUE);
  linli_district_read_async (folder_of (self), self->address, first, last,
                             compare < G_N_ELEMENTS (comparisons) ? comparisons[compare] : NULL,
                             linli_ui_context_now (self->context), self->cancellable, read_cb, g_object_ref (self));
}

/* --- Callbacks --- */

static void
chosen_cb (LinliDistrictPage *self)
{
  if (self->context != NULL)
    reload (self);
}

static void
sort_cb (LinliDistrictPage *self)
{
  if (self->figures != NULL && self->centre == NULL && self->address != NULL)
    show_centres (self);
}

static void
centre_activated_cb (LinliDistrictPage *self,
                     GtkListBoxRow     *row)
{
  LinliDistrictCentre *centre = g_object_get_data (G_OBJECT (row), "centre");

  if (centre != NULL)
    show_centre (self, centre);
}

static void
typed_cb (LinliDistrictPage *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "district.connect",
                                 *gtk_editable_get_text (GTK_EDITABLE (self->address_row)) != '\0' &&
                                 *gtk_editable_get_text (GTK_EDITABLE (self->key_row)) != '\0');
}

static void
connect_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  LinliDistrictPage *self = LINLI_DISTRICT_PAGE (widget);
  g_autoptr(LinliDistrictAddress) address = NULL;
  g_autoptr(GError) error = NULL;

  address = linli_district_address_new (gtk_editable_get_text (GTK_EDITABLE (self->address_row)),
                                        gtk_editable_get_text (GTK_EDITABLE (self->key_row)), self->authority);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable); /* figures of another district */
  if (!linli_district_keeper_save (folder_of (self), address, &error))
    {
      g_autofree char *words = linli_error_words (error);

      gtk_spinner_set_spinning (self->spinner, FALSE);
      say_trouble (self, words);
      return;
    }
  g_clear_pointer (&self->figures, linli_district_figures_free);
  self->address = g_steal_pointer (&address);
  say_trouble (self, NULL);
  show_page (self, "wait");
  reload (self);
}

static void
disconnect_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  LinliDistrictPage *self = LINLI_DISTRICT_PAGE (widget);

  say_trouble (self, NULL);
  show_connect (self);
}

static void
trusted_cb (GtkNativeDialog   *dialog,
            int                response,
            LinliDistrictPage *self)
{
  g_autoptr(GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog)) : NULL;
  g_autofree char *base = file != NULL ? g_file_get_basename (file) : NULL;
  g_autofree char *escaped = base != NULL ? g_markup_escape_text (base, -1) : NULL;

  if (file != NULL)
    {
      g_free (self->authority);
      self->authority = g_file_get_path (file);
      adw_action_row_set_subtitle (self->trusted, escaped);
    }
  g_object_unref (dialog);
}

static void
trust_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  GtkFileChooserNative *dialog = linli_certificates_chooser_new (GTK_WINDOW (gtk_widget_get_root (widget)));

  g_signal_connect_object (dialog, "response", G_CALLBACK (trusted_cb), widget, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
back_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  LinliDistrictPage *self = LINLI_DISTRICT_PAGE (widget);

  if (self->centre == NULL)
    gtk_widget_activate_action (widget, "win.back", NULL);
  else
    {
      show_centres (self);
      gtk_widget_child_focus (GTK_WIDGET (self->centres), GTK_DIR_TAB_FORWARD);
    }
}

static void
reload_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  reload (LINLI_DISTRICT_PAGE (widget));
}

static void
export_cb (GtkNativeDialog   *chooser,
           int                response,
           LinliDistrictPage *self)
{
  g_autoptr(GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser)) : NULL;
  g_autoptr(GError) error = NULL;

  if (file != NULL && self->figures != NULL)
    {
      gboolean done = linli_district_figures_export (self->figures, file, &error);
      g_autofree char *words = done ? g_strdup (_("Figures exported.")) : linli_error_words (error);

      linli_ui_context_toast (self->context, words);
    }
  g_object_unref (chooser);
}

static void
export_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (_("Export Figures"),
                                                               GTK_WINDOW (gtk_widget_get_root (widget)),
                                                               GTK_FILE_CHOOSER_ACTION_SAVE, _("_Export"), _("_Cancel"));
  g_autofree char *name_of_file = g_strconcat (_("District"), ".csv", NULL);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name_of_file);
  g_signal_connect_object (chooser, "response", G_CALLBACK (export_cb), widget, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

/* --- The object --- */

static gboolean
linli_district_page_focus (GtkWidget        *widget,
                           GtkDirectionType  direction)
{
  LinliDistrictPage *self = LINLI_DISTRICT_PAGE (widget);

  if (self->address == NULL && linli_focus_enters (widget, direction))
    return gtk_widget_grab_focus (GTK_WIDGET (self->address_row));

  return GTK_WIDGET_CLASS (linli_district_page_parent_class)->focus (widget, direction);
}

static void
linli_district_page_dispose (GObject *object)
{
  LinliDistrictPage *self = LINLI_DISTRICT_PAGE (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (linli_district_page_parent_class)->dispose (object);
}

static void
linli_district_page_finalize (GObject *object)
{
  LinliDistrictPage *self = LINLI_DISTRICT_PAGE (object);

  g_clear_pointer (&self->address, linli_district_address_free);
  g_clear_pointer (&self->figures, linli_district_figures_free);
  g_free (self->shown);
  g_free (self->authority);

  G_OBJECT_CLASS (linli_district_page_parent_class)->finalize (object);
}

static void
linli_district_page_class_init (LinliDistrictPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = linli_district_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = linli_district_page_finalize;
  widget_class->focus = linli_district_page_focus;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/linli_desk/Linli/ui/linli-district-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LinliDistrictPage, title);
  gtk_widget_class_bind_template_child (widget_class, LinliDistrictPage, back);
  gtk_widget_class_bind_template_child (widget_class, LinliDistrictPage, controls);
  gtk_widget_class_bind_template_child (widget_class, LinliDistrictPage, period);
  gtk_widget_class_bind_template_child (widget_class, LinliDistrictPage, compare);
  gtk_widget_class_bind_template_child (widget_class, LinliDistrictPage, sort);
  gtk_widget_class_bind_template_child (widget_class, LinliDistrictPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, LinliDistrictPage, trouble);
  gtk_widget_class_bind_template_child (widget_class, LinliDistrictPage, trouble_words);
  gtk_widget_class_bind_template_child (widget_class, LinliDistrictPage, stack);
  gtk_widget_class_bind_template_child (widget_class, LinliDistrictPage, address_row);
  gtk_widget_class_bind_template_child (widget_class, LinliDistrictPage, key_row);
  gtk_widget_class_bind_template_child (widget_class, LinliDistrictPage, trusted);
  gtk_widget_class_bind_template_child (widget_class, LinliDistrictPage, table);
  gtk_widget_class_bind_template_child (widget_class, LinliDistrictPage, centres);
  gtk_widget_class_bind_template_child (widget_class, LinliDistrictPage, tiles);
  gtk_widget_class_bind_template_child (widget_class, LinliDistrictPage, groups);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, sort_cb);
  gtk_widget_class_bind_template_callback (widget_class, typed_cb);
  gtk_widget_class_bind_template_callback (widget_class, centre_activated_cb);
  gtk_widget_class_install_action (widget_class, "district.connect", NULL, connect_action);
  gtk_widget_class_install_action (widget_class, "district.disconnect", NULL, disconnect_action);
  gtk_widget_class_install_action (widget_class, "district.trust", NULL, trust_action);
  gtk_widget_class_install_action (widget_class, "district.back", NULL, back_action);
  gtk_widget_class_install_action (widget_class, "task.reload", NULL, reload_action);
  gtk_widget_class_install_action (widget_class, "district.export", NULL, export_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "district.back", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "district.connect", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_e, GDK_CONTROL_MASK, "district.export", NULL);
}

static void
linli_district_page_init (LinliDistrictPage *self)
{
  g_autoptr(GtkStringList) periods = gtk_string_list_new (NULL);
  g_autoptr(GtkStringList) sorts = gtk_string_list_new (NULL);
  g_autoptr(GtkStringList) compared = gtk_string_list_new ((const char *const[]) {
    _("Compared with the period before"), _("Compared with a year earlier"), _("Compared with nothing"), NULL });

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_box_prepend (self->table, linli_district_head_new ());
  for (guint i = 0; i < LINLI_PERIOD_CHOSEN; i++)
    gtk_string_list_append (periods, linli_period_words ((LinliPeriod) i));
  for (guint i = 0; i < LINLI_N_DISTRICT_SORTS; i++)
    gtk_string_list_append (sorts, linli_district_sort_words ((LinliDistrictSort) i));
  gtk_drop_down_set_model (self->period, G_LIST_MODEL (periods));
  gtk_drop_down_set_model (self->compare, G_LIST_MODEL (compared));
  gtk_drop_down_set_model (self->sort, G_LIST_MODEL (sorts));
  linli_drop_down_name (self->period, _("Period"));
  linli_drop_down_name (self->compare, _("Compare with"));
  linli_drop_down_name (self->sort, _("Order of the centres"));
  typed_cb (self);
}

/* Returns: (transfer floating): for linli_desk_view_push() */
GtkWidget *
linli_district_page_new (LinliUiContext *context)
{
  LinliDistrictPage *self = g_object_new (LINLI_TYPE_DISTRICT_PAGE, NULL);

  self->context = g_object_ref (context);
  self->address = linli_district_keeper_load (folder_of (self));
  show_page (self, self->address != NULL ? "wait" : "connect");
  reload (self);

  return GTK_WIDGET (self);
}
