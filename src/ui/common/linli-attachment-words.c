/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-attachment-words.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#include "linli-attachment-store.h"
#include "linli-store-error.h"

/**
 * linli_attachment_error_words:
 * @error: from linli_attachment_put_finish()
 *
 * Returns: (transfer full): what happened, what was kept and what to do
 */
char *
linli_attachment_error_words (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  if (g_error_matches (error, LINLI_STORE_ERROR, LINLI_STORE_ERROR_FULL))
    return g_strdup (_("The disk of this computer is full: the file was not added, and nothing of it was kept. "
                       "Make room, then add it again."));
  if (g_error_matches (error, LINLI_STORE_ERROR, LINLI_STORE_ERROR_CONSTRAINT))
    {
      g_autofree char *limit = g_format_size (LINLI_ATTACHMENT_MAX);
      /* Translators: a size */
      return g_strdup_printf (_("The file was not added: it is larger than %s."), limit);
    }
  if (error->domain == G_IO_ERROR)
    /* Translators: why */
    return g_strdup_printf (_("The file could not be read, so it was not added. (%s)"), error->message);
  return g_strdup_printf (_("The file was not added, and nothing of it was kept. (%s)"), error->message);
}
