track-short = Tra cứu biên nhận
track-title = Phiếu đã gửi chưa?
track-intro = Gõ mã biên nhận hiện ra sau khi gửi phiếu. Trang này chỉ cho biết phiếu đã gửi hay chưa; không ai xem được câu trả lời bằng mã này.
track-hint = 20 chữ và số, viết liền hay cách quãng đều được. Chữ hoa và chữ thường, O và 0, I, L và 1 được đọc như nhau.
track-ask = Tra cứu
track-link = Tra cứu biên nhận
track-link-sent = Đã gửi phiếu? Tra cứu biên nhận
track-link-wrong-box = Mã 20 ký tự là mã biên nhận, xem ở trang
track-link-later = Cần xem lại phiếu đã gửi chưa? Gõ mã này ở trang

track-found-title = Phiếu này đã gửi
track-found-text = Phiếu có mã biên nhận vừa gõ đã được nhận và được tính một lần.
track-round = Đợt lấy ý kiến
track-sent = Đã gửi
track-closed = Đã hết hạn nhận phiếu.
track-nothing-else = Bằng mã này không ai xem, sửa hay xóa được phiếu; ngày gửi và trường cũng không hiện ở đây.
track-another = Tra cứu mã khác

track-unknown-title = Chưa thấy phiếu có mã này
track-unknown-text = Mã đủ 20 ký tự, nhưng chưa có phiếu nào mang mã như vậy.
track-unreadable-title = Mã này chưa đúng
track-unreadable-text = Mã biên nhận có 20 chữ và số không dấu. Vừa gõ { $signs } ký tự, hoặc có ký tự không dùng trong mã.
track-check = Xin kiểm tra
track-check-groups = So lại từng nhóm bốn ký tự với chỗ đã ghi.
track-check-keyboard = Tắt bộ gõ tiếng Việt (Telex, VNI): bộ gõ có thể đổi hai chữ thành một chữ có dấu.
track-check-poster = Mã sáu ký tự in dưới ô QR là mã để mở phiếu, không phải mã biên nhận.
track-check-sent = Nếu chưa thấy dòng “Đã nhận phiếu” thì phiếu chưa gửi: xin quay lại trang đang điền và bấm Gửi phiếu. Gửi nhiều lần cũng chỉ tính một phiếu.
track-check-ask = Vẫn chưa được? Xin hỏi cơ quan ghi ở cuối trang phiếu. Không cần đưa mã cho ai.
