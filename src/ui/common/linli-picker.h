/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "linli-row.h"
#include "linli-ui-context.h"

G_BEGIN_DECLS

typedef enum
{
  LINLI_PICK_DUTY_ITEM,
  LINLI_PICK_UNIT,
  LINLI_PICK_CHANNEL,
  LINLI_PICK_PLACE,
  LINLI_PICK_APPELLANT,
  LINLI_PICK_ACCOUNT,
  LINLI_PICK_REASON,
} LinliPickKind;

/* An entry that finds a row of one list by name, other names, pinyin (whole
 * syllables or initials) or number while somebody types. */
#define LINLI_TYPE_PICKER (linli_picker_get_type ())
G_DECLARE_FINAL_TYPE (LinliPicker, linli_picker, LINLI, PICKER, GtkBox)

GtkWidget  *linli_picker_new           (LinliUiContext *context,
                                        LinliPickKind   kind,
                                        gboolean        free_text);
GtkWidget  *linli_picker_get_entry     (LinliPicker    *self);
LinliRow   *linli_picker_get_row       (LinliPicker    *self);
void        linli_picker_set_row       (LinliPicker    *self,
                                        LinliRow       *row);
const char *linli_picker_get_text      (LinliPicker    *self);
void        linli_picker_set_text      (LinliPicker    *self,
                                        const char     *text);
const char *linli_picker_get_title     (LinliPicker    *self,
                                        LinliRow       *row);
void        linli_picker_restore       (LinliPicker    *self,
                                        const char     *text,
                                        const char     *id);
void        linli_picker_set_hint      (LinliPicker    *self,
                                        const char     *words);

gboolean    linli_picker_is_restoring (LinliPicker *self);
gboolean    linli_picker_is_free   (LinliPicker    *self);

G_END_DECLS
