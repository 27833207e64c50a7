/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-identity-words.h"

#include <glib/gi18n-lib.h>

#include "linli-identity.h"

/* @why: one of linli_identity_whys */
const char *
linli_identity_why_words (const char *why)
{
  static const char *const words[] = { /* in their order */
    NC_("look", "Contact"), NC_("look", "Verification"), NC_("look", "Same person?"), NC_("look", "Complaint"),
    NC_("look", "Audit"), NC_("look", "Other"),
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (linli_identity_whys[i], why))
      return g_dpgettext2 (GETTEXT_PACKAGE, "look", words[i]);
  return why;
}
