const __filename = import.meta.filename;
const __dirname = import.meta.dirname;
export const id = 408;
export const ids = [408];
export const modules = {

/***/ 50408:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   main: () => (/* binding */ main),
/* harmony export */   post: () => (/* binding */ post)
/* harmony export */ });
/* harmony import */ var _phases_run_upgrade_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(68681);
/* harmony import */ var _conduct_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(49824);
/* harmony import */ var _connection_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(27862);
/* harmony import */ var _release_after_run_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(51098);
/* harmony import */ var _request_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(22569);





/** The whole upgrade in one step. */
async function main() {
    await (0,_conduct_js__WEBPACK_IMPORTED_MODULE_1__/* .conduct */ .V)(() => ({ request: (0,_request_js__WEBPACK_IMPORTED_MODULE_4__/* .requestOfRoot */ .Z)(), turn: null, work: _phases_run_upgrade_js__WEBPACK_IMPORTED_MODULE_0__/* .runUpgrade */ .q }));
}
/** Gives the lock back that a run left which failed, was cancelled or died. */
async function post() {
    await (0,_release_after_run_js__WEBPACK_IMPORTED_MODULE_3__/* .releaseAfterRun */ .B)(_connection_js__WEBPACK_IMPORTED_MODULE_2__/* .connectionOfInputs */ .bx);
}


/***/ })

};
