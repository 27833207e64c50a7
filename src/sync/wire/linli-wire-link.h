/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where the hub is and the code that lets a desk in, as one line: printed as a
 * QR code, typed by a hand scanner, or pasted from a message.
 *
 *   linli://join?hub=https%3A%2F%2Fhub.example.cn&code=ABCDE-FGHJK&v=1
 *
 * It ends with its version, so that whoever watches it being typed knows when
 * it is whole. */

char    *linli_wire_link_make  (const char  *url,
                                const char  *code);
gboolean linli_wire_link_parse (const char  *text,
                                char       **url,
                                char       **code);

G_END_DECLS
