/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  const char *folder;
  const char *database;    /* (nullable) of PostgreSQL; else everything is in the folder */
  const char *files;       /* (nullable) of cases, else in the folder: a folder that all processes of @database have in common */
  const char *address;     /* (nullable) */
  int         port;
  const char *certificate; /* (nullable) a PEM file */
  const char *private_key; /* (nullable) a PEM file */
  const char *workspace;   /* (nullable) name of the first one */
  int         max_per_address;
  int         per_minute;  /* requests of one key of a side door */
  const char *public_url;  /* what addresses in answers begin with; "" for none */
  gint64      quota;       /* of files, bytes a workspace; 0: the usual */
} LinliHubServe;

gboolean linli_hub_serve (const LinliHubServe *options,
                          GError             **error);

G_END_DECLS
