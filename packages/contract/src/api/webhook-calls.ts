import * as webhooks from '../webhooks.ts'
import { byId, call, empty, list, page } from './call.ts'

/** What an organization's own programs are told. */
export const webhookCalls = {
  listWebhooks: call({
    method: 'GET',
    path: '/organizations/:id/webhooks',
    summary: 'Endpoints that are told what happens',
    params: byId,
    response: list(webhooks.webhook),
  }),
  createWebhook: call({
    method: 'POST',
    path: '/organizations/:id/webhooks',
    summary: 'Add an endpoint; its secret is shown once',
    params: byId,
    body: webhooks.createWebhook,
    response: webhooks.webhookWithSecret,
  }),
  updateWebhook: call({
    method: 'PATCH',
    path: '/webhooks/:id',
    summary: 'Change an endpoint, or turn it off and on',
    params: byId,
    body: webhooks.updateWebhook,
    response: webhooks.webhook,
  }),
  deleteWebhook: call({
    method: 'DELETE',
    path: '/webhooks/:id',
    summary: 'Forget an endpoint and its deliveries',
    params: byId,
    response: empty,
  }),
  rotateWebhookSecret: call({
    method: 'POST',
    path: '/webhooks/:id/rotate',
    summary: 'A new secret; the one before signs, too, for another day',
    params: byId,
    response: webhooks.webhookWithSecret,
  }),
  testWebhook: call({
    method: 'POST',
    path: '/webhooks/:id/test',
    summary: 'Send a message of the type `webhook.test`',
    params: byId,
    response: webhooks.webhookDelivery,
  }),
  listWebhookDeliveries: call({
    method: 'GET',
    path: '/webhooks/:id/deliveries',
    summary: 'What was sent to an endpoint, newest first',
    params: byId,
    query: page,
    response: webhooks.webhookDeliveryPage,
  }),
  replayWebhookDelivery: call({
    method: 'POST',
    path: '/webhook-deliveries/:id/replay',
    summary: 'Send a message once more, under the same `webhook-id`',
    params: byId,
    response: webhooks.webhookDelivery,
  }),
}
