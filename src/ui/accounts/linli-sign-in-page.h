/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "linli-session.h"
#include "linli-store.h"

G_BEGIN_DECLS

/* Who sits down: at the start, after the desk locked itself, and when the next
 * person takes over. Emits `signed-in` once somebody acts in the store. */
#define LINLI_TYPE_SIGN_IN_PAGE (linli_sign_in_page_get_type ())
G_DECLARE_FINAL_TYPE (LinliSignInPage, linli_sign_in_page, LINLI, SIGN_IN_PAGE, AdwBin)

void linli_sign_in_page_ask   (LinliSignInPage    *self,
                               LinliStore         *store,
                               const LinliSession *session);
LinliStore *linli_sign_in_page_get_store (LinliSignInPage *self);
void linli_sign_in_page_clear (LinliSignInPage    *self);
void linli_sign_in_page_fail  (LinliSignInPage    *self,
                               const GError       *error);

G_END_DECLS
