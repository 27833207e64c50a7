/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "linli-form-input.h"
#include "linli-picker.h"
#include "linli-ui-context.h"

G_BEGIN_DECLS

/* A small form that runs one command about one case. What is typed is kept as
 * a draft: closing the form loses nothing. */
#define LINLI_TYPE_ACTION_DIALOG (linli_action_dialog_get_type ())
G_DECLARE_FINAL_TYPE (LinliActionDialog, linli_action_dialog, LINLI, ACTION_DIALOG, AdwWindow)

/* Somebody changed the case meanwhile: @dialog is to be told of the new state. */
typedef void (*LinliConflictFunc) (LinliActionDialog *dialog,
                                   gpointer           data);

/* Runs the command in the dialog's place, on many cases at once; it answers
 * with linli_action_dialog_end(). */
typedef void (*LinliRunFunc) (LinliActionDialog *dialog,
                              LinliRequest      *request,
                              gpointer           data);

/* Puts what is no field of the form into @request; returns %FALSE, with @fault (out)
 * in words, when something is still to be done. */
typedef gboolean (*LinliCollectFunc) (LinliRequest *request,
                                      gpointer      data,
                                      char        **fault);

LinliActionDialog *linli_action_dialog_new          (LinliUiContext    *context,
                                                     const char        *command,
                                                     const char        *subject,
                                                     const char        *title,
                                                     const char        *confirm);
void               linli_action_dialog_fix_text     (LinliActionDialog *self,
                                                     const char        *name,
                                                     const char        *value);
void               linli_action_dialog_fix_int      (LinliActionDialog *self,
                                                     const char        *name,
                                                     gint64             value);
void               linli_action_dialog_fix_bool     (LinliActionDialog *self,
                                                     const char        *name,
                                                     gboolean           value);
void               linli_action_dialog_fix_object   (LinliActionDialog *self,
                                                     const char        *name,
                                                     LinliRequest      *value);
LinliFormInput    *linli_action_dialog_add_area     (LinliActionDialog *self,
                                                     const char        *name,
                                                     const char        *label,
                                                     const char        *text);
LinliFormInput    *linli_action_dialog_add_entry    (LinliActionDialog *self,
                                                     const char        *name,
                                                     const char        *label,
                                                     const char        *text);
LinliFormInput    *linli_action_dialog_add_picker   (LinliActionDialog *self,
                                                     const char        *name,
                                                     const char        *label,
                                                     LinliPickKind      kind,
                                                     LinliRow          *row);
LinliFormInput    *linli_action_dialog_add_units    (LinliActionDialog *self,
                                                     const char        *name,
                                                     const char        *label);
LinliFormInput    *linli_action_dialog_add_choice   (LinliActionDialog *self,
                                                     const char        *name,
                                                     const char        *label,
                                                     const char *const *ids,
                                                     const char *const *words,
                                                     const char        *chosen);
LinliFormInput    *linli_action_dialog_add_input    (LinliActionDialog *self,
                                                     const char        *name,
                                                     const char        *label,
                                                     GtkWidget         *input);
LinliFormInput    *linli_action_dialog_add_bar      (LinliActionDialog *self,
                                                     const char        *name,
                                                     const char        *label,
                                                     const char *const *ids,
                                                     const char *const *words);
void               linli_action_dialog_add_widget   (LinliActionDialog *self,
                                                     GtkWidget         *widget);
void               linli_action_dialog_reserve      (LinliActionDialog *self,
                                                    int                height);
void               linli_action_dialog_add_aside    (LinliActionDialog *self,
                                                     GtkWidget         *widget);
void               linli_action_dialog_add_result   (LinliActionDialog *self,
                                                     GtkWidget         *widget);
void               linli_action_dialog_add_second   (LinliActionDialog *self,
                                                     const char        *label,
                                                     const char        *name,
                                                     const char        *first,
                                                     const char        *second,
                                                     const char        *needed);
void               linli_action_dialog_set_conflict (LinliActionDialog *self,
                                                     LinliConflictFunc  func,
                                                     gpointer           data,
                                                     GDestroyNotify     data_free);
void               linli_action_dialog_set_run      (LinliActionDialog *self,
                                                     LinliRunFunc       func,
                                                     gpointer           data,
                                                     GDestroyNotify     data_free);
LinliRequest      *linli_action_dialog_dup_request  (LinliActionDialog *self,
                                                     gboolean           second);
gboolean           linli_action_dialog_is_complete  (LinliActionDialog *self);
void               linli_action_dialog_end          (LinliActionDialog *self,
                                                     gboolean           stays);
void               linli_action_dialog_fail         (LinliActionDialog *self,
                                                     const GError      *error);
void               linli_action_dialog_set_collect  (LinliActionDialog *self,
                                                     LinliCollectFunc   func,
                                                     gpointer           data);
LinliFormInput    *linli_action_dialog_find         (LinliActionDialog *self,
                                                     const char        *name);
void               linli_action_dialog_say          (LinliActionDialog *self,
                                                     const char        *words,
                                                     gboolean           is_error);
void               linli_action_dialog_open         (LinliActionDialog *self,
                                                     GtkWindow         *parent);

G_END_DECLS
