/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-hub-fault.h"

G_BEGIN_DECLS

/* A desk's line to its hub: requests out, bytes back. What they say is none of
 * its business, except for the token, which it renews by itself. */

/* Where the hub is and who this device is there; kept by whoever made it. */
typedef struct
{
  char *url;        /* "https://hub.example.cn" */
  char *workspace;
  char *device;
  char *credential;
  char *authority;  /* (nullable) PEM file with the certificates that are trusted besides the machine's */
} LinliHubAddress;

LinliHubAddress *linli_hub_address_new  (const char            *url,
                                         const char            *workspace,
                                         const char            *device,
                                         const char            *credential,
                                         const char            *authority);
LinliHubAddress *linli_hub_address_copy (const LinliHubAddress *self);
void             linli_hub_address_free (LinliHubAddress       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliHubAddress, linli_hub_address_free)

/* What a machine is told when it becomes a device. */
typedef struct
{
  LinliHubAddress *address;
  char            *name;   /* of the workspace, as its people call it */
  char            *prefix; /* of the numbers this desk prints from now on */
  char            *epoch;  /* of the hub's history */
} LinliHubEnrolled;

LinliHubEnrolled *linli_hub_enrolled_copy (const LinliHubEnrolled *self);
void             linli_hub_enrolled_free (LinliHubEnrolled     *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliHubEnrolled, linli_hub_enrolled_free)

char            *linli_hub_url_tidy     (const char            *typed,
                                         GError               **error);

/* What came back: any status is an answer. */
typedef struct
{
  guint   status;
  GBytes *body;
  guint   retry_after; /* seconds; 0 when nothing was said */
  gint64  offset;      /* in a file, bytes: where it goes on, or where the body begins; -1 when nothing was said */
  gint64  total;       /* of the whole file, bytes; -1 when nothing was said */
  gboolean complete;   /* the hub has all of it */
  LinliHubFault fault; /* who answered instead of the hub */
} LinliHubAnswer;

void             linli_hub_answer_free  (LinliHubAnswer        *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliHubAnswer, linli_hub_answer_free)

#define LINLI_TYPE_HUB_CLIENT (linli_hub_client_get_type ())
G_DECLARE_FINAL_TYPE (LinliHubClient, linli_hub_client, LINLI, HUB_CLIENT, GObject)

LinliHubClient  *linli_hub_client_new         (const LinliHubAddress *address);
void             linli_hub_client_send_async  (LinliHubClient        *self,
                                               const char            *method,
                                               const char            *path,
                                               GBytes                *body,
                                               GCancellable          *cancellable,
                                               GAsyncReadyCallback    callback,
                                               gpointer               user_data);
void             linli_hub_client_send_file_async (LinliHubClient      *self,
                                                  const char          *method,
                                                  const char          *path,
                                                  const char *const   *headers,
                                                  GBytes              *bytes,
                                                  GCancellable        *cancellable,
                                                  GAsyncReadyCallback  callback,
                                                  gpointer             user_data);
LinliHubAnswer  *linli_hub_client_send_finish (LinliHubClient        *self,
                                               GAsyncResult          *result,
                                               GError               **error);
void             linli_hub_client_forget      (LinliHubClient        *self);

void             linli_hub_enrol_async        (const char            *url,
                                               const char            *code,
                                               const char            *device,
                                               const char            *name,
                                               const char            *authority,
                                               GCancellable          *cancellable,
                                               GAsyncReadyCallback    callback,
                                               gpointer               user_data);
LinliHubEnrolled *linli_hub_enrol_finish      (GAsyncResult          *result,
                                               GError               **error);

G_END_DECLS
