/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "linli-devices.h"
#include "linli-ui-context.h"

G_BEGIN_DECLS

/* Where the keyboard is in a list of desks that is about to be made anew:
 * which desk, and whether at its row or at a button of it. */
typedef struct
{
  char *device; /* (nullable): nowhere in it */
  char *label;  /* (nullable): of the button */
  int   index;
} LinliDeviceKeyboard;

GtkWidget  *linli_device_row_new         (LinliUiContext      *context,
                                          const LinliDevice   *device,
                                          gboolean             changeable);
const char *linli_device_row_get_id      (GtkWidget           *row);
void        linli_device_keyboard_find   (LinliDeviceKeyboard *self,
                                          GtkListBox          *list);
void        linli_device_keyboard_return (LinliDeviceKeyboard *self,
                                          GtkListBox          *list);

G_END_DECLS
