/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  const char *folder;
  const char *database;    /* (nullable) of PostgreSQL; else everything is in the folder */
  const char *address;     /* (nullable) */
  int         port;
  const char *certificate; /* (nullable) a PEM file */
  const char *private_key; /* (nullable) a PEM file */
  const char *workspace;   /* (nullable) name of the first one */
  int         max_per_address;
} LinliHubServe;

gboolean linli_hub_serve (const LinliHubServe *options,
                          GError             **error);

G_END_DECLS
