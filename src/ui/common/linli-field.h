/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* One line of a form: its name, what is filled in, and what is wrong with it. */
#define LINLI_TYPE_FIELD (linli_field_get_type ())
G_DECLARE_FINAL_TYPE (LinliField, linli_field, LINLI, FIELD, GtkBox)

GtkWidget *linli_field_new       (const char *label,
                                  GtkWidget  *input);
GtkWidget *linli_field_get_input (LinliField *self);
void       linli_field_set_error (LinliField *self,
                                  const char *words);
void       linli_field_set_hint  (LinliField *self,
                                  const char *words);

G_END_DECLS
