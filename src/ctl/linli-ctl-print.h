/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-ctl.h"

G_BEGIN_DECLS

gboolean linli_ctl_print_form (LinliCtl *ctl,
                               int       argc,
                               char    **argv,
                               int      *exit_code,
                               GError  **error);

G_END_DECLS
