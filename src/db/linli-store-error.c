/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-store-error.h"

G_DEFINE_QUARK (linli-store-error-quark, linli_store_error)
