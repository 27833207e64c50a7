/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-store.h"

G_BEGIN_DECLS

/* Sitting down at a desk and setting passwords: what window and terminal do
 * alike. Passwords go no further than this. */

void      linli_person_sign_in_async       (LinliStore          *store,
                                            const char          *who,
                                            const char          *password,
                                            GAsyncReadyCallback  callback,
                                            gpointer             user_data);
gboolean  linli_person_sign_in_finish      (LinliStore          *store,
                                            GAsyncResult        *result,
                                            GError             **error);
gboolean  linli_person_sign_in_sync        (LinliStore          *store,
                                            const char          *who,
                                            const char          *password,
                                            GError             **error);
void      linli_person_set_password_async  (LinliStore          *store,
                                            const char          *account,
                                            const char          *old,
                                            const char          *password,
                                            GAsyncReadyCallback  callback,
                                            gpointer             user_data);
gboolean  linli_person_set_password_finish (LinliStore          *store,
                                            GAsyncResult        *result,
                                            GError             **error);
gboolean  linli_person_set_password_sync   (LinliStore          *store,
                                            const char          *account,
                                            const char          *old,
                                            const char          *password,
                                            GError             **error);

G_END_DECLS
