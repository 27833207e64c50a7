/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-password.h"

#include <glib/gi18n.h>
#include <sodium.h>
#include <string.h>

#include "linli-domain-error.h"

#define SHORTEST 8    /* characters; NIST SP 800-63B asks for length and nothing else */
#define LONGEST  1024 /* bytes */

static gboolean
is_one_character (const char *password)
{
  gunichar first = g_utf8_get_char (password);

  for (const char *p = password; *p != '\0'; p = g_utf8_next_char (p))
    if (g_utf8_get_char (p) != first)
      return FALSE;
  return TRUE;
}

/**
 * linli_password_is_good:
 * @name: (nullable): which the password may not be
 * @error: %LINLI_DOMAIN_ERROR_INVALID, for the field "password"
 */
gboolean
linli_password_is_good (const char  *password,
                        const char  *name,
                        GError     **error)
{
  if (!g_utf8_validate (password, -1, NULL) || strlen (password) > LONGEST)
    return linli_refuse_invalid (error, "password", N_("This cannot be used as a password."));
  if (g_utf8_strlen (password, -1) < SHORTEST)
    return linli_refuse_invalid (error, "password",
                                 N_("A password has at least eight characters. A short sentence is a good one."));
  if (is_one_character (password) || g_strcmp0 (password, name) == 0)
    return linli_refuse_invalid (error, "password", N_("Anybody would guess this password. Choose another."));
  return TRUE;
}

/**
 * linli_password_make_verifier:
 * @error: %G_FILE_ERROR_NOMEM when the machine has not got the memory for it
 *
 * Takes a good part of a second: not for the main thread.
 *
 * Returns: (transfer full): what is kept, with salt and costs in it
 */
char *
linli_password_make_verifier (const char  *password,
                              GError     **error)
{
  char verifier[crypto_pwhash_STRBYTES];

  g_return_val_if_fail (password != NULL, NULL);

  if (sodium_init () < 0 ||
      crypto_pwhash_str_alg (verifier, password, strlen (password), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                             crypto_pwhash_MEMLIMIT_INTERACTIVE, crypto_pwhash_ALG_ARGON2ID13) != 0)
    {
      g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_NOMEM, "There is not enough memory to keep the password safely");
      return NULL;
    }

  return g_strdup (verifier);
}

/* As slow as making one. */
gboolean
linli_password_fits (const char *password,
                     const char *verifier)
{
  g_return_val_if_fail (password != NULL && verifier != NULL, FALSE);

  return sodium_init () >= 0 && crypto_pwhash_str_verify (verifier, password, strlen (password)) == 0;
}

/* Leaves nothing of it in memory. */
void
linli_password_free (char *password)
{
  if (password == NULL)
    return;
  sodium_memzero (password, strlen (password));
  g_free (password);
}
