Redoc.init('/openapi.json', { hideDownloadButtons: true, disableSearch: false, expandResponses: '200,202' }, document.getElementById('api'));
