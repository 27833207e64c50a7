/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "linli-field.h"
#include "linli-request.h"

G_BEGIN_DECLS

/* One argument of a command, as a form fills it in: an entry, a text area, a
 * picker, units, or one of a few words. */
typedef struct
{
  char       *name;     /* of the argument */
  LinliField *field;    /* (unowned) */
  gboolean    required;
  gboolean    edits;    /* sent only when changed, and cleared when emptied */
  int         column;   /* of a picked row, that is sent; -1 for its id */
  char       *initial;  /* what it was when the form opened */
  char      **choices;  /* (nullable): ids of a drop-down, in its order */
} LinliFormInput;

LinliFormInput *linli_form_input_new        (const char      *name,
                                             GtkWidget       *field);
void            linli_form_input_free       (LinliFormInput  *self);
char           *linli_form_input_dup_text   (LinliFormInput  *self);
void            linli_form_input_set_text   (LinliFormInput  *self,
                                             const char      *text);
gboolean        linli_form_input_is_touched (LinliFormInput  *self);
gboolean        linli_form_input_is_missing (LinliFormInput  *self);
void            linli_form_input_keep       (LinliFormInput  *self);
void            linli_form_input_send       (LinliFormInput  *self,
                                             LinliRequest    *request);
void            linli_form_input_save       (LinliFormInput  *self,
                                             LinliRequest    *draft);
void            linli_form_input_restore    (LinliFormInput  *self,
                                             LinliRequest    *draft);
void            linli_form_input_connect    (LinliFormInput  *self,
                                             GCallback        changed,
                                             gpointer         form);

G_END_DECLS
