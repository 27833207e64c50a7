/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hub-load.h"

G_BEGIN_DECLS

/* What desks push, made by living cases at one desk, and how fast hubs decide it. */

typedef struct
{
  GPtrArray *base;    /* (element-type utf8): the centre's lists */
  GPtrArray *cases;   /* (element-type GPtrArray): the life of each */
  guint      n_lines; /* of all cases */
} HubHistory;

typedef struct
{
  LoadDesk   desk;
  GPtrArray *lines;   /* (owned) its share; the texts are the history's */
  guint      batch;
  gint64     slowest; /* microseconds, of one request */
} HubPusher;

/* Desks that push at once. */
typedef struct
{
  guint      workspaces;
  guint      desks;      /* of each workspace */
  HubPusher *pushers;    /* (owned) workspace after workspace */
} HubCrowd;

typedef struct
{
  double rate;      /* operations a second */
  double processor; /* seconds that the hubs computed for one operation */
  gint64 slowest;   /* microseconds, of one request */
} HubPushResult;

void          hub_history_make  (HubHistory       *self,
                                 guint             n_cases);
void          hub_history_clear (HubHistory       *self);

void          hub_pusher_share  (const HubHistory *history,
                                 HubPusher        *pushers,
                                 guint             n_desks);
void          hub_pusher_begin  (HubPusher        *self,
                                 const HubHistory *history);
gpointer      hub_pusher_run    (gpointer          self);
void          hub_pusher_clear  (HubPusher        *self);

void          hub_crowd_join    (HubCrowd         *self,
                                 LoadHub          *hub,
                                 const HubHistory *history);
void          hub_crowd_share   (HubCrowd         *self,
                                 const HubHistory *history);
void          hub_crowd_take    (HubCrowd         *self,
                                 const HubHistory *history,
                                 guint             first,
                                 guint             n);
HubPushResult hub_crowd_push    (HubCrowd         *self,
                                 LoadHub          *hubs,
                                 guint             n_hubs,
                                 guint             batch);
void          hub_crowd_leave   (HubCrowd         *self);

G_END_DECLS
