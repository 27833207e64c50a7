/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-role-words.h"

#include <glib/gi18n-lib.h>

/* In the order of the bits. */
static const char *const roles_known[] = {
  NC_("role", "Desk clerk"), NC_("role", "Dispatcher"), NC_("role", "Unit handler"), NC_("role", "Reviewer"),
  NC_("role", "Call-back agent"), NC_("role", "Supervisor"), NC_("role", "Party secretary"), NC_("role", "Grid worker"),
  NC_("role", "Administrator"), NC_("role", "Auditor"),
};

static const char *const rights_known[] = {
  NC_("right", "Who residents are"), NC_("right", "Confidential cases"), NC_("right", "Merging"),
  NC_("right", "Review and approval"), NC_("right", "Export"), NC_("right", "Lists and rules"),
  NC_("right", "Looking them up"),
};

const char *
linli_role_words (LinliRole role)
{
  for (guint i = 0; i < G_N_ELEMENTS (roles_known); i++)
    if (role == (LinliRole) (1u << i))
      return g_dpgettext2 (GETTEXT_PACKAGE, "role", roles_known[i]);
  return "";
}

/* Returns: (transfer full): all of them */
char *
linli_roles_words (LinliRole roles)
{
  GString *words = g_string_new (NULL);

  if (roles == LINLI_ROLE_ANY)
    g_string_append (words, _("Every role"));
  else
    for (guint i = 0; i < G_N_ELEMENTS (roles_known); i++)
      if (roles & (1u << i))
        g_string_append_printf (words, "%s%s", words->len > 0 ? " · " : "", linli_role_words ((LinliRole) (1u << i)));
  return g_string_free (words, FALSE);
}

const char *
linli_right_words (LinliRight right)
{
  for (guint i = 0; i < G_N_ELEMENTS (rights_known); i++)
    if (right == (LinliRight) (1u << i))
      return g_dpgettext2 (GETTEXT_PACKAGE, "right", rights_known[i]);
  return "";
}
