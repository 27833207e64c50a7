/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-intake-route.h"

#include "linli-attributes.h"
#include "linli-route-card.h"

void
linli_intake_question_free (LinliIntakeQuestion *self)
{
  g_free (self->item);
  g_free (self->attributes);
  g_free (self->community);
  g_free (self->place);
  g_free (self->place_id);
  g_free (self->grid);
  g_free (self->urgency);
  g_free (self->channel);
  g_free (self);
}

void
linli_intake_route_free (LinliIntakeRoute *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->units, linli_duty_units_free);
  g_clear_pointer (&self->note, linli_route_note_free);
  g_free (self->instruction);
  g_free (self);
}

static LinliIntakeRoute *
make_route (LinliConn    *conn,
            LinliRouting *routing,
            GError      **error)
{
  g_autoptr(LinliIntakeRoute) self = g_new0 (LinliIntakeRoute, 1);

  self->units = linli_routing_load_units (conn, routing, error);
  if (self->units == NULL)
    return NULL;
  self->note = linli_route_note_of (routing);
  self->instruction = g_strdup (routing->route->instruction);

  return g_steal_pointer (&self);
}

/* Returns: (transfer full): a LinliIntakeRoute */
gpointer
linli_intake_route_read (LinliConn *conn,
                         gpointer   data,
                         GError   **error)
{
  LinliIntakeQuestion *asked = data;
  g_autoptr(GHashTable) attributes = linli_attributes_parse (asked->attributes);
  g_autoptr(LinliRouting) routing = NULL;
  const LinliRouteQuestion question = {
    .item = asked->item,
    .attributes = attributes,
    .community = asked->community,
    .place = asked->place,
    .place_id = asked->place_id,
    .grid = asked->grid,
    .urgency = *asked->urgency != '\0' ? asked->urgency : NULL,
    .channel = asked->channel,
    .at = asked->at,
  };

  routing = linli_routing_ask (conn, &question, error);
  return routing != NULL ? make_route (conn, routing, error) : NULL;
}

/* @data: id of a case. Returns: (transfer full): a LinliIntakeRoute */
gpointer
linli_intake_route_read_case (LinliConn *conn,
                              gpointer   data,
                              GError   **error)
{
  g_autoptr(LinliRouting) routing = linli_routing_of_case_id (conn, data, error);

  return routing != NULL ? make_route (conn, routing, error) : NULL;
}
