/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-clock.h"
#include "linli-conn.h"
#include "linli-schema.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Matters that other systems hand in. The domain's case.intake decides; what
 * stands here is which number of theirs became which case, so that a matter
 * handed in twice is taken in once. */

extern const LinliTable linli_table_hub_intake;

enum { LINLI_HUB_INTAKE_ID, LINLI_HUB_INTAKE_SHA256, LINLI_HUB_INTAKE_CASE_ID, LINLI_HUB_INTAKE_RECEIPT_NO,
       LINLI_HUB_INTAKE_DOOR, LINLI_HUB_INTAKE_SERVICE, LINLI_HUB_INTAKE_RECEIVED_AT };

typedef struct
{
  const char *channel; /* code */
  const char *number;  /* the channel's own */
  const char *door;    /* "channel" or "open311" */
  const char *service; /* (nullable): leaf it was handed in under */
  const char *sha256;  /* of what came: the same number with other words is a mistake */
  JsonObject *args;    /* of case.intake, but for channel and external_no */
} LinliHubMatter;

typedef struct
{
  char    *case_no;
  char    *receipt_no;
  gboolean known; /* it was taken in before */
} LinliHubTaken;

gboolean    linli_hub_take_in          (LinliConn            *conn,
                                        LinliClock           *clock,
                                        const LinliHubMatter *matter,
                                        LinliHubTaken        *taken,
                                        GError              **error);
void        linli_hub_taken_clear      (LinliHubTaken        *taken);
JsonObject *linli_hub_matter_status    (LinliConn            *conn,
                                        const char           *receipt_no,
                                        GError              **error);
const char *linli_hub_state_note       (const char           *state);
gboolean    linli_hub_state_is_settled (const char           *state);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LinliHubTaken, linli_hub_taken_clear)

G_END_DECLS
