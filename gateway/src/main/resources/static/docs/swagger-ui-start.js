SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#api',
  deepLinking: true,
  docExpansion: 'list',
  tagsSorter: 'alpha',
  displayRequestDuration: true,
  validatorUrl: null,
});
