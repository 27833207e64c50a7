/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A hub as a program of its own, and desks that speak to it over loopback,
 * each over one connection and one request at a time, for benchmarks. */

typedef struct
{
  char        *program;
  char        *folder;
  char        *database; /* (nullable): what --database is given */
  char        *files;    /* (nullable): what --files is given; several hubs share it */
  GSubprocess *process;  /* (owned) */
  guint16      port;
} LoadHub;

typedef struct
{
  LoadHub *hub;       /* (unowned) */
  int      fd;        /* -1 when hung up */
  char    *device;
  char    *workspace;
  char    *epoch;
  char    *token;
  gint64   seq;       /* of the next operation */
  GString *in;        /* the last answer's body */
} LoadDesk;

void    load_hub_start     (LoadHub    *self);
void    load_hub_stop      (LoadHub    *self);
double  load_hub_processor (LoadHub    *self);
char   *load_hub_order     (LoadHub    *self,
                            const char *member,
                            const char *verb,
                            const char *argument);

void    load_desk_join     (LoadDesk   *self,
                            LoadHub    *hub,
                            const char *workspace);
void    load_desk_hang_up  (LoadDesk   *self);
void    load_desk_leave    (LoadDesk   *self);
guint   load_desk_ask      (LoadDesk   *self,
                            const char *method,
                            const char *door,
                            GString    *body);
void    load_desk_send     (LoadDesk   *self,
                            const char *method,
                            const char *door,
                            GString    *body);
guint   load_desk_receive  (LoadDesk   *self);
void    load_desk_push     (LoadDesk   *self,
                            GPtrArray  *lines,
                            guint       first,
                            guint       n);

G_END_DECLS
