package dev.whence.gateway.lane;

/**
 * One of the paths of the lane.
 *
 * @param route the route that it takes through the router
 * @param open whether it may be used without a credential
 */
record LanePath(String path, String route, boolean open) {

}
