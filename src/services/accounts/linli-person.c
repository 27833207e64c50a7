/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-person.h"

#include <glib/gi18n.h>

#include "linli-core-tables.h"
#include "linli-domain-error.h"
#include "linli-password.h"
#include "linli-sign-in.h"
#include "linli-tx.h"

typedef struct
{
  char *who;      /* sign-in name, name, initials or id */
  char *password;
  char *old;      /* (nullable) */
} Asked;

static void
asked_free (Asked *asked)
{
  g_free (asked->who);
  linli_password_free (asked->password);
  linli_password_free (asked->old);
  g_free (asked);
}

static Asked *
asked_new (const char *who,
           const char *old,
           const char *password)
{
  Asked *asked = g_new0 (Asked, 1);

  asked->who = g_strdup (who);
  asked->old = g_strdup (old);
  asked->password = g_strdup (password != NULL ? password : "");
  return asked;
}

/* One sentence for "no such person", "no password" and "wrong password": who
 * guesses learns nothing of who works here. */
static gboolean
refuse_wrong (GError **error)
{
  linli_refuse (error, LINLI_DOMAIN_ERROR_NOT_ALLOWED, "wrong-password", "password",
                N_("Name and password do not belong together. Try again."));
  return FALSE;
}

/* Every try is counted before the password is looked at, and forgiven when it
 * was right. A store that is open for reading only cannot count. */
static gboolean
prove (LinliConn   *conn,
       gboolean     counts,
       gint64       now,
       const char  *account,
       const char  *password,
       GError     **error)
{
  g_autofree char *verifier = NULL;
  g_autofree char *seconds = NULL;
  guint left = 0;

  if (!linli_sign_in_verifier (conn, account, &verifier, error) ||
      (counts && !linli_sign_in_mend_clock (conn, account, now, error)) ||
      !linli_sign_in_left (conn, account, now, &left, error))
    return FALSE;
  if (left > 0)
    {
      seconds = g_strdup_printf ("%u", left);
      linli_refuse_with (error, LINLI_DOMAIN_ERROR_NOT_ALLOWED, "locked-out", "password",
                         N_("Too many wrong passwords. Try again in %s seconds, or ask an administrator."), seconds);
      return FALSE;
    }
  if (counts && !linli_sign_in_try (conn, account, now, error))
    return FALSE;
  if (verifier == NULL || !linli_password_fits (password, verifier))
    return refuse_wrong (error);

  return !counts || linli_sign_in_clear (conn, account, error);
}

static gboolean
sign_in (LinliConn   *conn,
         LinliStore  *store,
         Asked       *asked,
         GError     **error)
{
  g_autoptr(LinliRow) account = NULL;
  gboolean required = FALSE;

  if (!linli_sign_in_find (conn, asked->who, &account, error) || !linli_sign_in_is_required (conn, &required, error))
    return FALSE;
  if (account == NULL && !required)
    {
      linli_refuse (error, LINLI_DOMAIN_ERROR_NOT_FOUND, "not-found", "who",
                    N_("Nobody of this name works here, or several do. Type the whole name or the sign-in name."));
      return FALSE;
    }
  if (account == NULL)
    return refuse_wrong (error);
  if (required && !prove (conn, !linli_store_is_read_only (store), linli_clock_now (linli_store_get_clock (store)),
                          linli_row_get_id (account), asked->password, error))
    return FALSE;
  linli_store_set_actor (store, linli_row_get_id (account));

  return TRUE;
}

static gpointer
sign_in_func (LinliConn  *conn,
              LinliDesk  *desk,
              LinliStore *store,
              gpointer    data,
              GError    **error)
{
  return GINT_TO_POINTER (sign_in (conn, store, data, error));
}

typedef struct
{
  LinliStore *store;
  Asked      *asked;
} Look;

static Look *
look_new (LinliStore *store,
          Asked      *asked)
{
  Look *look = g_new0 (Look, 1);

  look->store = g_object_ref (store);
  look->asked = asked;
  return look;
}

static void
look_free (Look *look)
{
  g_object_unref (look->store);
  asked_free (look->asked);
  g_free (look);
}

static gpointer
sign_in_read (LinliConn *conn,
              gpointer   data,
              GError   **error)
{
  Look *look = data;

  return GINT_TO_POINTER (sign_in (conn, look->store, look->asked, error));
}

/**
 * linli_person_sign_in_async:
 * @store: while it is open for reading only, wrong passwords are not counted
 * @who: sign-in name, name, initials of the name, or account id
 * @password: (nullable): not looked at while nobody in the store has one
 *
 * From then on that person acts in @store. Finish with
 * linli_person_sign_in_finish(); %LINLI_DOMAIN_ERROR_NOT_ALLOWED with the
 * reasons wrong-password and locked-out, %LINLI_DOMAIN_ERROR_NOT_FOUND.
 */
void
linli_person_sign_in_async (LinliStore          *store,
                            const char          *who,
                            const char          *password,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_return_if_fail (LINLI_IS_STORE (store) && who != NULL);

  if (linli_store_is_read_only (store))
    linli_store_read_async (store, sign_in_read, look_new (store, asked_new (who, NULL, password)),
                            (GDestroyNotify) look_free, NULL, NULL, callback, user_data);
  else
    linli_store_write_async (store, sign_in_func, asked_new (who, NULL, password), (GDestroyNotify) asked_free, NULL, NULL,
                             callback, user_data);
}

/* How linli_person_sign_in_async() ended. */
gboolean
linli_person_sign_in_finish (LinliStore    *store,
                             GAsyncResult  *result,
                             GError       **error)
{
  return GPOINTER_TO_INT (linli_store_write_finish (store, result, error));
}

/* For programs without a main loop, also over a store that is open for reading. */
gboolean
linli_person_sign_in_sync (LinliStore  *store,
                           const char  *who,
                           const char  *password,
                           GError     **error)
{
  Asked *asked = asked_new (who, NULL, password);
  Look look = { store, asked };
  gboolean done;

  if (linli_store_is_read_only (store))
    done = GPOINTER_TO_INT (linli_db_run_sync (linli_store_get_db (store), LINLI_DB_READ, sign_in_read, &look, error));
  else
    done = GPOINTER_TO_INT (linli_store_write_sync (store, sign_in_func, asked, error));
  asked_free (asked);

  return done;
}

/* Who changes the own password shows first that it is the own: a desk left
 * alone for a minute gives nobody a key to it. */
static gpointer
set_password_func (LinliConn  *conn,
                   LinliDesk  *desk,
                   LinliStore *store,
                   gpointer    data,
                   GError    **error)
{
  Asked *asked = data;
  g_autofree char *verifier = NULL;
  g_autofree char *known = NULL;
  g_autoptr(LinliRow) account = NULL;
  g_autoptr(JsonObject) args = json_object_new ();
  g_autoptr(LinliOutcome) outcome = NULL;

  if (!linli_sign_in_find (conn, asked->who, &account, error) ||
      !linli_password_is_good (asked->password, account != NULL ? linli_row_get_text (account, LINLI_ACCOUNT_NAME) : NULL,
                               error) ||
      !linli_sign_in_verifier (conn, asked->who, &known, error))
    return NULL;
  if (known != NULL && g_strcmp0 (asked->who, desk->actor) == 0 &&
      !prove (conn, TRUE, linli_clock_now (desk->clock), asked->who, asked->old != NULL ? asked->old : "", error))
    return NULL;
  verifier = linli_password_make_verifier (asked->password, error);
  if (verifier == NULL)
    return NULL;
  json_object_set_string_member (args, "account", asked->who);
  json_object_set_string_member (args, "verifier", verifier);
  outcome = linli_store_submit (store, conn, "account.set-password", args, LINLI_EXECUTE_QUEUE, error);

  return GINT_TO_POINTER (outcome != NULL && linli_sign_in_clear (conn, asked->who, error));
}

/**
 * linli_person_set_password_async:
 * @account: whose
 * @old: (nullable): the password until now; needed for the own one
 * @password: the new one, good or refused
 *
 * Finish with linli_person_set_password_finish().
 */
void
linli_person_set_password_async (LinliStore          *store,
                                 const char          *account,
                                 const char          *old,
                                 const char          *password,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_return_if_fail (LINLI_IS_STORE (store) && account != NULL && password != NULL);

  linli_store_write_async (store, set_password_func, asked_new (account, old, password), (GDestroyNotify) asked_free, NULL,
                           NULL, callback, user_data);
}

/* How linli_person_set_password_async() ended. */
gboolean
linli_person_set_password_finish (LinliStore    *store,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  return GPOINTER_TO_INT (linli_store_write_finish (store, result, error));
}

/* For programs without a main loop. */
gboolean
linli_person_set_password_sync (LinliStore  *store,
                                const char  *account,
                                const char  *old,
                                const char  *password,
                                GError     **error)
{
  Asked *asked = asked_new (account, old, password);
  gboolean done = GPOINTER_TO_INT (linli_store_write_sync (store, set_password_func, asked, error));

  asked_free (asked);
  return done;
}
