/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <nettle/sha2.h>

G_BEGIN_DECLS

/* SHA-256. Every operation is hashed twice at a hub, and every file at both
 * ends: Nettle lets the processor do it, where GChecksum takes several times as
 * long. */

typedef struct sha256_ctx LinliSha256;

void  linli_sha256_begin    (LinliSha256  *self);
void  linli_sha256_add      (LinliSha256  *self,
                             gconstpointer data,
                             gsize         size);
void  linli_sha256_end      (LinliSha256  *self,
                             guint8        digest[SHA256_DIGEST_SIZE]);
char *linli_sha256_end_text (LinliSha256  *self);

G_END_DECLS
