/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-hub-service.h"

G_BEGIN_DECLS

/* Looking after a workspace: reading its files through, letting go of those
 * that nobody refers to, and comparing what units are sent with what they have. */

#define LINLI_HUB_CARE_SECONDS 3600

typedef void (*LinliHubCareDone) (LinliHubErrand *errand,
                                  const char     *trouble,
                                  gpointer        data);

void     linli_hub_care_run   (LinliHubService  *service,
                               const char       *workspace,
                               LinliHubBlobKind  kind,
                               gint64            grace,
                               LinliHubCareDone  done,
                               gpointer          data);
gboolean linli_hub_care_cb    (gpointer          service);
gboolean linli_hub_care_order (LinliHubService  *service,
                               const char       *workspace,
                               LinliHubBlobKind  kind,
                               gint64            grace,
                               JsonObject       *told,
                               GError          **error);
gboolean linli_hub_care_scopes (LinliHubService *service,
                               const char       *workspace,
                               JsonObject       *told,
                               GError          **error);

G_END_DECLS
