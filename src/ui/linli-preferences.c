/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-preferences.h"

struct _LinliPreferences
{
  AdwPreferencesWindow parent_instance;

  /* Template children */
  AdwComboRow         *color_scheme;
  AdwComboRow         *text_scale;
  AdwComboRow         *after_action;
  GtkWidget           *idle_lock;
  GtkWidget           *notice_deadlines;
  GtkWidget           *notice_work;
  GtkWidget           *notice_supervision;
  GtkWidget           *notice_answers;
  GtkWidget           *notice_desktop;

  /* Owned */
  GSettings           *settings;
};

G_DEFINE_FINAL_TYPE (LinliPreferences, linli_preferences, ADW_TYPE_PREFERENCES_WINDOW)

/* In the order of the rows. */
static const double scales[] = { 1.0, 1.25, 1.5, 2.0 };

static void
color_scheme_cb (LinliPreferences *self)
{
  g_settings_set_enum (self->settings, "color-scheme", adw_combo_row_get_selected (self->color_scheme));
}

static void
after_action_cb (LinliPreferences *self)
{
  g_settings_set_enum (self->settings, "after-action", adw_combo_row_get_selected (self->after_action));
}

static void
text_scale_cb (LinliPreferences *self)
{
  guint chosen = adw_combo_row_get_selected (self->text_scale);

  if (chosen < G_N_ELEMENTS (scales))
    g_settings_set_double (self->settings, "text-scale", scales[chosen]);
}

static guint
nearest_scale (double scale)
{
  guint best = 0;

  for (guint i = 1; i < G_N_ELEMENTS (scales); i++)
    if (ABS (scales[i] - scale) < ABS (scales[best] - scale))
      best = i;

  return best;
}

static void
linli_preferences_finalize (GObject *object)
{
  g_clear_object (&LINLI_PREFERENCES (object)->settings);

  G_OBJECT_CLASS (linli_preferences_parent_class)->finalize (object);
}

static void
linli_preferences_class_init (LinliPreferencesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = linli_preferences_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/linli_desk/Linli/ui/linli-preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, LinliPreferences, color_scheme);
  gtk_widget_class_bind_template_child (widget_class, LinliPreferences, text_scale);
  gtk_widget_class_bind_template_child (widget_class, LinliPreferences, after_action);
  gtk_widget_class_bind_template_child (widget_class, LinliPreferences, idle_lock);
  gtk_widget_class_bind_template_child (widget_class, LinliPreferences, notice_deadlines);
  gtk_widget_class_bind_template_child (widget_class, LinliPreferences, notice_work);
  gtk_widget_class_bind_template_child (widget_class, LinliPreferences, notice_supervision);
  gtk_widget_class_bind_template_child (widget_class, LinliPreferences, notice_answers);
  gtk_widget_class_bind_template_child (widget_class, LinliPreferences, notice_desktop);
}

static void
linli_preferences_init (LinliPreferences *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
show_settings (LinliPreferences *self)
{
  const struct { const char *key; GtkWidget *widget; } switches[] = {
    { "notice-deadlines", self->notice_deadlines },
    { "notice-work", self->notice_work },
    { "notice-supervision", self->notice_supervision },
    { "notice-answers", self->notice_answers },
    { "notice-desktop", self->notice_desktop },
  };

  adw_combo_row_set_selected (self->color_scheme, g_settings_get_enum (self->settings, "color-scheme"));
  adw_combo_row_set_selected (self->after_action, g_settings_get_enum (self->settings, "after-action"));
  adw_combo_row_set_selected (self->text_scale, nearest_scale (g_settings_get_double (self->settings, "text-scale")));
  g_signal_connect_swapped (self->color_scheme, "notify::selected", G_CALLBACK (color_scheme_cb), self);
  g_signal_connect_swapped (self->after_action, "notify::selected", G_CALLBACK (after_action_cb), self);
  g_signal_connect_swapped (self->text_scale, "notify::selected", G_CALLBACK (text_scale_cb), self);
  g_settings_bind (self->settings, "idle-lock-minutes", self->idle_lock, "value", G_SETTINGS_BIND_DEFAULT);
  for (guint i = 0; i < G_N_ELEMENTS (switches); i++)
    g_settings_bind (self->settings, switches[i].key, switches[i].widget, "active", G_SETTINGS_BIND_DEFAULT);
}

/* @parent: (nullable) */
void
linli_preferences_show (GtkWindow *parent,
                        GSettings *settings)
{
  LinliPreferences *self = g_object_new (LINLI_TYPE_PREFERENCES, "transient-for", parent, NULL);

  self->settings = g_object_ref (settings);
  show_settings (self);
  gtk_window_present (GTK_WINDOW (self));
}
