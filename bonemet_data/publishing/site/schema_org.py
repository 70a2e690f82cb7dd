"""The description of the data set for search engines, in the vocabulary of schema.org.

https://developers.google.com/search/docs/appearance/structured-data/dataset
"""

from typing import Any

from .content import Content


def describe(content: Content) -> dict[str, Any]:
    """Return the JSON-LD document of the data set."""
    descriptor = content.package.descriptor
    article = descriptor["sources"][0]
    return {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": descriptor["title"],
        "description": descriptor["description"],
        "identifier": descriptor["id"],
        "version": content.package.version,
        "datePublished": descriptor["dcterms:issued"],
        "inLanguage": descriptor["dcterms:language"],
        "keywords": descriptor["keywords"],
        "license": [each["path"] for each in descriptor["licenses"] if "path" in each],
        "isAccessibleForFree": True,
        "creator": {"@type": "Organization", "name": descriptor["dcterms:creator"]},
        "publisher": {"@type": "Organization", "name": descriptor["dcterms:publisher"]},
        "isBasedOn": {
            "@type": "Article",
            "name": article["title"],
            "datePublished": article["dcterms:issued"],
            "publisher": {"@type": "Organization", "name": article["dcterms:publisher"]},
        },
        "distribution": [
            {
                "@type": "DataDownload",
                "name": download.title,
                "contentUrl": download.path,
                "encodingFormat": download.media_type,
                "contentSize": f"{len(download.data)} B",
                "sha256": download.sha256,
            }
            for download in content.downloads
        ],
    }
