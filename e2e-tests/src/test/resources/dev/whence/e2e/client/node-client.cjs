// An application with OpenTelemetry's SDK for Node, configured by its own environment
// variables alone. Prints the trace that it recorded.
const { NodeSDK, api } = require('@opentelemetry/sdk-node');
const { logs, SeverityNumber } = require('@opentelemetry/api-logs');

const sdk = new NodeSDK();
sdk.start();
const tracer = api.trace.getTracer('e2e');
const logger = logs.getLogger('e2e');
tracer.startActiveSpan('checkout', (checkout) => {
  tracer.startActiveSpan('pay', { kind: api.SpanKind.CLIENT }, (pay) => {
    pay.setAttributes({ amount: 17.5, order: 17, tags: ['a', 'b'], vip: true });
    pay.recordException(new Error('card declined'));
    pay.setStatus({ code: api.SpanStatusCode.ERROR, message: 'card declined' });
    logger.emit({ severityNumber: SeverityNumber.ERROR, severityText: 'ERROR', body: 'payment failed' });
    pay.end();
  });
  logger.emit({ severityNumber: SeverityNumber.INFO, severityText: 'INFO', body: { text: 'structured', parts: [1, 'two', null] } });
  console.log('trace ' + checkout.spanContext().traceId);
  checkout.end();
});
sdk.shutdown().then(() => console.log('shut down'));
