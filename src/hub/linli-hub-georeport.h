/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "linli-conn.h"

G_BEGIN_DECLS

/* Open311 GeoReport v2, as far as it concerns the rows of one workspace: a
 * service is a leaf of the duty list, a request is a case that came by this
 * door. What stands in an answer is for everybody: no word of a resident's, no
 * house, no confidential case. */

typedef struct
{
  const char *id;     /* (nullable): one case number */
  char      **codes;  /* (nullable): services */
  const char *status; /* (nullable): "open", "closed" or both with a comma */
  gint64      from;   /* microseconds UTC, of arrival */
  gint64      to;
} LinliHubReports;

#define LINLI_HUB_REPORTS_MOST 1000

JsonNode *linli_hub_report_services   (LinliConn             *conn,
                                       GError               **error);
JsonNode *linli_hub_report_definition (LinliConn             *conn,
                                       const char            *code,
                                       GError               **error);
gboolean  linli_hub_report_list       (LinliConn             *conn,
                                       const LinliHubReports *wanted,
                                       JsonArray             *list,
                                       GError               **error);
gboolean  linli_hub_report_token      (LinliConn             *conn,
                                       const char            *token,
                                       char                 **id,
                                       GError               **error);
char     *linli_hub_report_to_xml     (JsonNode              *node,
                                       const char            *root);

G_END_DECLS
