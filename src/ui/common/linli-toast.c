/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-toast.h"

#define SHOWN "linli-toast-shown"

static void
dismissed_cb (AdwToast        *toast,
              AdwToastOverlay *overlay)
{
  if (g_object_get_data (G_OBJECT (overlay), SHOWN) == toast)
    g_object_set_data (G_OBJECT (overlay), SHOWN, NULL);
}

/**
 * linli_toast_show:
 * @toast: (transfer full)
 *
 * Shows @toast in place of the one shown now. The priority that libadwaita has
 * for this brings the older one back afterwards, and its version 1.2 aborts when
 * the newer one goes before the older has faded, as on a busy machine.
 */
void
linli_toast_show (AdwToastOverlay *overlay,
                  AdwToast        *toast)
{
  AdwToast *before = g_object_get_data (G_OBJECT (overlay), SHOWN);

  if (before != NULL)
    adw_toast_dismiss (before);
  g_object_set_data_full (G_OBJECT (overlay), SHOWN, g_object_ref (toast), g_object_unref);
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (dismissed_cb), overlay, 0);
  adw_toast_overlay_add_toast (overlay, toast);
}
