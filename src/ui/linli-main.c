/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>

#include "linli-application.h"

int
main (int    argc,
      char **argv)
{
  g_autoptr(LinliApplication) application = NULL;
  const char *folder = g_getenv ("LINLI_LOCALEDIR"); /* of a program that is not installed */

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, folder != NULL ? folder : LINLI_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  application = linli_application_new ();

  return g_application_run (G_APPLICATION (application), argc, argv);
}
