export { linkAssets } from './asset-queries.ts'
export { mediaRoutes } from './media-routes.ts'
export { openUpload, type Upload } from './open-upload.ts'
export { hasImages, type MediaFiles, mediaResolver } from './resolve-media.ts'
