/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-error-words.h"

#include <glib/gi18n-lib.h>

#include "linli-domain-error.h"
#include "linli-store-error.h"

static const char *
translate (const char *sentence)
{
  return g_dgettext (GETTEXT_PACKAGE, sentence);
}

/**
 * linli_error_words:
 *
 * Returns: (transfer full): what happened and what was kept, in the person's
 *   language
 */
char *
linli_error_words (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  if (error->domain == LINLI_DOMAIN_ERROR)
    return linli_domain_error_say (error, translate);
  if (g_error_matches (error, LINLI_STORE_ERROR, LINLI_STORE_ERROR_FULL))
    return g_strdup (_("The disk is full, so nothing was stored. What you typed is still here."));
  if (g_error_matches (error, LINLI_STORE_ERROR, LINLI_STORE_ERROR_READ_ONLY))
    return g_strdup (_("This centre is open for looking only. What you typed is still here."));
  if (g_error_matches (error, LINLI_STORE_ERROR, LINLI_STORE_ERROR_BUSY))
    return g_strdup (_("Another program is using the store. Try again in a moment; what you typed is still here."));
  if (g_error_matches (error, LINLI_STORE_ERROR, LINLI_STORE_ERROR_CORRUPT))
    return g_strdup (_("The centre’s data is damaged, so nothing was stored. What you typed is still here: copy it, "
                       "then close the centre and bring back its latest backup."));
  if (error->domain == LINLI_STORE_ERROR)
    return g_strdup_printf (_("It could not be stored. What you typed is still here. (%s)"), error->message);

  return g_strdup (error->message);
}
